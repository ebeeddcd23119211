import { spaceSeparated } from "../../document/requestMembers.js";
import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import { classifyRedirectUri } from "../../redirects/classify.js";
import { nearestEntry } from "../../redirects/nearest.js";
import type { ServerProfile } from "../../servers/profile.js";
import { type Finding, failed, note, passed, warning } from "../findings.js";
import type { RehearsedDocument } from "../rehearsedDocument.js";
import { decideDocument, decideRedirect } from "./document.js";

/** What is known of an authorization request before oidc-provider sees it. */
export interface AuthorizationJudgement {
  readonly findings: readonly Finding[];
  /** Why the request ends here, on a page and never at the redirect URI; undefined where it goes on. */
  readonly refusal: { readonly error: string; readonly description: string } | undefined;
}

/**
 * Judges an authorization request.
 *
 * @param resource the MCP server's address
 */
export function judgeAuthorization(
  parameters: URLSearchParams,
  rehearsed: RehearsedDocument,
  server: ServerProfile | undefined,
  resource: string,
): AuthorizationJudgement {
  const others = [
    ...judgeResponseType(parameters, rehearsed),
    ...judgeState(parameters),
    ...judgePkce(parameters),
    ...judgeResource(parameters.getAll("resource"), resource),
    ...judgeScope(parameters, rehearsed),
    ...judgePrompt(parameters),
  ];
  const end = (error: string, description: string, findings: readonly Finding[]) => ({
    findings: [...findings, ...others],
    refusal: { error, description },
  });
  const loaded = decideDocument(rehearsed, server);
  const stranger = judgeClientId(parameters.get("client_id"), rehearsed);
  // While a text cannot be read, its members are what is left of them.
  if (stranger.outcome === "failed" && rehearsed.broken === undefined)
    return end("invalid_client", stranger.sentence, [stranger]);
  if (loaded.refused) return end("invalid_client", loaded.words, loaded.findings);
  const redirectUri = parameters.get("redirect_uri");
  if (!redirectUri) {
    const missing = failed(
      say`The request has no redirect_uri. Send one of the document's: with several, no server can choose.`,
    );
    return end("invalid_request", "redirect_uri is missing", [missing]);
  }
  const redirect = decideRedirect(rehearsed, redirectUri, server);
  if (redirect.refused) return end("invalid_request", redirect.words, redirect.findings);
  if (!callsBack(redirectUri)) {
    const sentence = say`The redirect URI ${clip(redirectUri)} calls no client back, so the rehearsal sends no browser there. Use https, a loopback address or a scheme of your own.`;
    return end("invalid_request", sentence, [failed(sentence), ...redirect.findings]);
  }
  return {
    findings: [stranger, ...loaded.findings, ...redirect.findings, ...others],
    refusal: undefined,
  };
}

/** Servers that compare texts let through what no browser goes to, or what runs in it. */
function callsBack(redirectUri: string): boolean {
  return URL.canParse(redirectUri) && classifyRedirectUri(redirectUri).kind !== "unsafe";
}

function judgeClientId(sent: string | null, { clientId }: RehearsedDocument): Finding {
  if (!clientId)
    return failed(say`The document has no client_id, so no request can name it. Add the URL it will have.`);
  if (!sent)
    return failed(say`The request has no client_id. Send the URL of the document, ${clip(clientId)}.`);
  if (sent === clientId) return passed(say`The client_id is the document's, character by character.`);
  if (!/^https?:/i.test(sent))
    return failed(
      say`The client_id is ${clip(sent)}, which is not a URL: the client uses an identifier from a registration. Send the URL of the document, ${clip(clientId)}.`,
    );
  const parts = nearestEntry(sent, [clientId])?.differs.join(", ") ?? "";
  return failed(
    say`The client_id ${clip(sent)} is not the document's, ${clip(clientId)}: they differ in ${parts}. They have to be equal character by character, and no other document is fetched.`,
  );
}

function judgeResponseType(parameters: URLSearchParams, { document }: RehearsedDocument): Finding[] {
  const type = parameters.get("response_type");
  if (type !== "code")
    return [
      failed(
        type === null
          ? say`The request has no response_type. Send \`code\`.`
          : say`The response_type is ${clip(type, 60)}. Send \`code\`, the only one that OAuth 2.1 has.`,
      ),
    ];
  const listed = document.strings("response_types").map(({ node }) => node.value);
  return document.has("response_types") && !listed.includes("code")
    ? [warning(say`The request asks for a code, and the document's response_types have no \`code\`. Add it.`)]
    : [];
}

function judgeState(parameters: URLSearchParams): Finding[] {
  return parameters.get("state")
    ? [passed(say`It has a state.`)]
    : [
        warning(
          say`The request has no state. Send a random one and compare it when the user comes back, so that nobody can slip in another sign-in (MCP authorization, “Open Redirection”).`,
        ),
      ];
}

/** 43 characters are the SHA-256 of a verifier in base64url (RFC 7636 §4.2). */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

function judgePkce(parameters: URLSearchParams): Finding[] {
  const challenge = parameters.get("code_challenge");
  const method = parameters.get("code_challenge_method");
  if (!challenge)
    return [
      failed(say`The request has no code_challenge. MCP clients have to use PKCE with S256 (RFC 7636).`),
    ];
  if (method !== "S256")
    return [
      failed(
        method === null
          ? say`The request has no code_challenge_method, which means \`plain\`. Send \`S256\`.`
          : say`The code_challenge_method is ${clip(method, 60)}. Send \`S256\`.`,
      ),
    ];
  return CHALLENGE.test(challenge)
    ? [passed(say`It uses PKCE with S256.`)]
    : [
        failed(
          say`The code_challenge has ${challenge.length} characters or others than base64url. The SHA-256 of the verifier has 43, without padding.`,
        ),
      ];
}

/**
 * Judges the `resource` of an authorization or token request.
 *
 * @see MCP authorization, "Resource Parameter Implementation"; RFC 8707 §2
 */
export function judgeResource(sent: readonly string[], resource: string): Finding[] {
  if (sent.length === 0)
    return [
      failed(
        say`The request has no resource. MCP clients have to send ${resource} (RFC 8707) so that the token is good for this server alone.`,
      ),
    ];
  const wrong = sent.find((one) => one !== resource);
  return wrong === undefined
    ? [passed(say`The resource is the MCP server's address.`)]
    : [
        failed(
          say`The resource is ${clip(wrong)}. Send the one that the metadata names, ${resource}: a token for another audience is refused.`,
        ),
      ];
}

function judgeScope(parameters: URLSearchParams, { document, scopes }: RehearsedDocument): Finding[] {
  const asked = spaceSeparated(parameters.get("scope") ?? "");
  if (asked.length === 0) return [note(say`The request names no scope, so the server chooses.`)];
  if (!document.has("scope")) return [note(say`The scopes ${clip(asked.join(" "))} are requested.`)];
  const strange = asked.filter((scope) => !scopes.includes(scope));
  if (strange.length === 0) return [passed(say`All scopes of the request are in the document.`)];
  // Clients add it by themselves where the server offers it, and the document's grant types speak of it.
  if (strange.every((scope) => scope === "offline_access"))
    return [
      note(
        say`The scope offline_access is requested but not in the document; a server that compares scopes gives no refresh token.`,
      ),
    ];
  return [
    warning(
      say`The scopes ${clip(strange.join(" "))} are requested but not in the document's scope. A server may refuse the request: add them, or ask for fewer.`,
    ),
  ];
}

const PROMPTS = new Set(["none", "login", "consent", "select_account", "create"]);

function judgePrompt(parameters: URLSearchParams): Finding[] {
  const prompt = spaceSeparated(parameters.get("prompt") ?? "");
  const strange = prompt.find((one) => !PROMPTS.has(one));
  if (strange !== undefined)
    return [warning(say`OpenID Connect has no prompt ${clip(strange, 60)}, and servers refuse it.`)];
  if (prompt.includes("none"))
    return [
      warning(
        say`The request has prompt=none: no page may be shown, so a person who has not agreed before cannot sign in. Leave it out for the first sign-in.`,
      ),
    ];
  return [];
}
