import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { locate } from "../../document/locate.js";
import { documentScopes } from "../../document/requestMembers.js";
import { say, sayParts } from "../../localisation/say.js";
import type { Finding } from "../../rules/problem.js";
import { evaluate, match } from "../../servers/evaluate.js";
import type { Reason, ServerProfile, Stage, Verdict } from "../../servers/profile.js";
import type { FlowStep, Inline } from "./consentView.js";
import type { ConsentRequest } from "./request.js";
import { inlines, plain, untrusted } from "./text.js";

/** More links than this to problems of one step would be a second Problems panel. */
const MAX_LINKS = 3;

/**
 * The four steps of a sign-in with a client metadata document, each with its state for this document: the client
 * presents its URL, the server recognises it, fetches and validates the document, and authorizes.
 *
 * @param findings the problems of the document
 * @param server the chosen authorization server; undefined for what the specifications ask
 */
export function flow(
  document: ClientMetadataDocument,
  request: ConsentRequest,
  findings: readonly Finding[],
  server: ServerProfile | undefined,
): FlowStep[] {
  const context: Context = {
    document,
    request,
    errors: findings.filter(({ severity }) => severity === "error"),
    server,
    verdict: server && evaluate(document, server),
  };
  return [present(context), recognise(context), fetchAndValidate(context), authorize(context)];
}

interface Context {
  readonly document: ClientMetadataDocument;
  readonly request: ConsentRequest;
  readonly errors: readonly Finding[];
  readonly server: ServerProfile | undefined;
  readonly verdict: Verdict | undefined;
}

function present({ document, errors }: Context): FlowStep {
  const url = document.string("client_id")?.value;
  const problems = errors.filter(
    ({ rule }) => rule === "client-id/missing" || rule === "document/json-syntax",
  );
  const base = { id: "present", title: say`Client presents its URL`, offerHostedCheck: false } as const;
  if (url === undefined || url === "") {
    return {
      ...base,
      state: "failed",
      content: [plain(say`The document has no client_id, so there is no URL to present.`)],
      links: links(document, problems),
    };
  }
  return {
    ...base,
    state: "passed",
    content: inlines(sayParts`The client sends ${untrusted(url, "code")} as its client_id.`),
    links: [],
  };
}

function recognise({ document, errors, server, verdict }: Context): FlowStep {
  const base = { id: "recognise", title: say`Server recognises it`, offerHostedCheck: false } as const;
  const reasons = blocking(verdict, "fetch").filter(({ rule }) => rule.startsWith("client-id/"));
  if (server && reasons.length > 0) {
    return {
      ...base,
      state: "failed",
      content: inlines(sayParts`${server.name} does not accept this URL: ${said(reasons)}`),
      links: reasonLinks(document, reasons),
    };
  }
  const problems = errors.filter(({ rule }) => rule.startsWith("client-id/"));
  if (problems.length > 0) {
    return {
      ...base,
      state: server?.readCompletely.includes("fetch") ? "attention" : "failed",
      content: [plain(say`The specifications do not allow this client_id.`)],
      links: links(document, problems),
    };
  }
  if (server && !server.readCompletely.includes("fetch")) {
    return {
      ...base,
      state: "unknown",
      content: [plain(say`Not everything ${server.name} asks of the URL is known.`)],
      links: [],
    };
  }
  return {
    ...base,
    state: document.url === undefined ? "unknown" : "passed",
    content: [plain(say`An https URL with a path: the server knows that it has to fetch a document.`)],
    links: [],
  };
}

function fetchAndValidate({ document, errors, server, verdict }: Context): FlowStep {
  const base = { id: "fetch", title: say`Server fetches and validates`, offerHostedCheck: true } as const;
  const reasons = [
    ...blocking(verdict, "fetch").filter(({ rule }) => !rule.startsWith("client-id/")),
    ...blocking(verdict, "document"),
  ];
  if (server && reasons.length > 0) {
    return {
      ...base,
      state: "failed",
      content: inlines(sayParts`${server.name} refuses the document: ${said(reasons)}`),
      links: reasonLinks(document, reasons),
    };
  }
  const problems = errors.filter(({ rule }) => !rule.startsWith("client-id/"));
  if (problems.length > 0) {
    return {
      ...base,
      state: verdict?.verdict === "accepts" ? "attention" : "failed",
      content: [
        plain(
          verdict?.verdict === "accepts" && server
            ? say`${server.name} accepts the document, although the specifications do not allow it.`
            : say`The document breaks the specifications.`,
        ),
      ],
      links: links(document, problems),
    };
  }
  if (server && verdict?.verdict !== "accepts") {
    return {
      ...base,
      state: "unknown",
      content: [
        plain(say`Nothing known speaks against it, but not everything ${server.name} checks is known.`),
      ],
      links: [],
    };
  }
  return {
    ...base,
    state: "passed",
    content: [
      plain(say`The text passes. Only a request to the URL shows whether it serves exactly this text.`),
    ],
    links: [],
  };
}

function authorize({ document, request, server, verdict, errors }: Context): FlowStep {
  const base = { id: "authorize", title: say`Authorization proceeds`, offerHostedCheck: false } as const;
  if (!request.entry || request.redirectUri === undefined) {
    return {
      ...base,
      state: "failed",
      content: [plain(say`Without a redirect URI there is nowhere to return to.`)],
      links: links(
        document,
        errors.filter(({ rule }) => rule.startsWith("redirect-uris/")),
      ),
    };
  }
  const pointer = `/redirect_uris/${request.entry.index}`;
  if (!server || !verdict) {
    const problems = errors.filter((finding) => finding.pointer === pointer);
    return {
      ...base,
      state: problems.length > 0 ? "failed" : "passed",
      content:
        problems.length > 0
          ? [plain(say`The specifications do not allow this redirect URI.`)]
          : inlines(
              sayParts`The person is asked, then sent back to ${untrusted(request.redirectUri, "code")}.`,
            ),
      links: links(document, problems),
    };
  }
  const decision = match(server, document, request.redirectUri);
  const unlisted = unlistedScopes(document, request, server);
  if (decision.outcome === "allowed" && unlisted.length > 0) {
    return {
      ...base,
      state: "failed",
      content: inlines(
        sayParts`${server.name} answers ${untrusted(`Client was not registered with scope ${unlisted[0]}`, "code")}: a request may only ask for scopes that the document's scope lists, where it has one.`,
      ),
      links: [{ label: "scope", place: document.range(locate(document, "/scope")) }],
    };
  }
  const limits = verdict.reasons.filter(
    ({ stage, effect, pointer: at }) =>
      effect === "limits" &&
      (stage === "token" || (stage === "authorize" && (at === undefined || at === pointer))),
  );
  switch (decision.outcome) {
    case "allowed":
      return {
        ...base,
        state: limits.length > 0 ? "attention" : "passed",
        content: inlines(
          limits.length > 0
            ? sayParts`The person is asked, then sent back to ${untrusted(request.redirectUri, "code")}. But: ${said(limits)}`
            : sayParts`The person is asked, then sent back to ${untrusted(request.redirectUri, "code")}.`,
        ),
        links: reasonLinks(document, limits),
      };
    case "refused":
      return {
        ...base,
        state: "failed",
        content: inlines(
          sayParts`${server.name} does not send people there: ${untrusted(decision.reason ?? "", "code")}`,
        ),
        links: [entryLink(document, request.entry.index)],
      };
    case "document-refused":
      return {
        ...base,
        state: "failed",
        content: [plain(say`This step is not reached: the document is refused before it.`)],
        links: [],
      };
    default:
      return {
        ...base,
        state: "unknown",
        content: [plain(decision.reason ?? say`How this server compares redirect URIs is not known.`)],
        links: [],
      };
  }
}

/**
 * Servers that hold a request to the `scope` of the document. FastMCP 4.0.0b3 does through the MCP SDK's
 * `validate_scope` (`modelcontextprotocol/python-sdk` src/mcp/shared/auth.py @57394b0548d1); observed by running it.
 */
const HOLD_TO_SCOPE = new Set(["fastmcp", "fastmcp-3"]);

function unlistedScopes(
  document: ClientMetadataDocument,
  request: ConsentRequest,
  server: ServerProfile,
): string[] {
  const listed = documentScopes(document);
  if (!listed || !HOLD_TO_SCOPE.has(server.id)) return [];
  return request.scopes.filter((scope) => !listed.includes(scope));
}

function blocking(verdict: Verdict | undefined, stage: Stage): Reason[] {
  return (verdict?.reasons ?? []).filter((reason) => reason.stage === stage && reason.effect === "blocks");
}

/** What the server says; its words may quote the document. */
function said(reasons: readonly Reason[]): Inline[] {
  const messages = [...new Set(reasons.map(({ message }) => message))].slice(0, MAX_LINKS);
  return messages.flatMap((message, at) => (at === 0 ? [] : [plain("; ")]).concat(untrusted(message)));
}

function links(document: ClientMetadataDocument, findings: readonly Finding[]): FlowStep["links"] {
  return findings
    .slice(0, MAX_LINKS)
    .map((finding) => ({ label: finding.rule, place: document.range(finding) }));
}

function reasonLinks(document: ClientMetadataDocument, reasons: readonly Reason[]): FlowStep["links"] {
  const seen = new Set<string>();
  const found: FlowStep["links"] = [];
  for (const { pointer = "", rule } of reasons) {
    if (seen.has(pointer) || found.length === MAX_LINKS) continue;
    seen.add(pointer);
    found.push({ label: rule, place: document.range(locate(document, pointer)) });
  }
  return found;
}

function entryLink(document: ClientMetadataDocument, index: number): FlowStep["links"][number] {
  return {
    label: `redirect_uris[${index}]`,
    place: document.range(locate(document, `/redirect_uris/${index}`)),
  };
}
