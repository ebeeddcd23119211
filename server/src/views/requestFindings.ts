import { audiencesOf } from "../document/audiences.js";
import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { documentMethods, documentScopes } from "../document/requestMembers.js";
import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { type AuthorizationRequest, wordsOf } from "../servers/authorizationRequest.js";
import type { Ending } from "../servers/matchRequest.js";
import { S256_CHALLENGE } from "../servers/requestConstraints.js";

/** Parameters of a request, and the token endpoint authentication method, which is sent later. */
export type RequestPart =
  | "request"
  | "client_id"
  | "redirect_uri"
  | "response_type"
  | "scope"
  | "code_challenge"
  | "prompt"
  | "resource"
  | "method";

/** What the specifications and the document say of a part of a request, whatever the server. */
export interface RequestFinding {
  readonly part: RequestPart;
  readonly severity: "error" | "warning" | "information";
  readonly message: string;
}

/** What is said of a request as a whole. */
export interface RequestFindings {
  readonly findings: readonly RequestFinding[];
  /** Set where no server gets as far as the redirect URI, or the URL does not show it. */
  readonly ending?: Ending;
}

/** Compares a request with the document and with what OAuth and MCP ask of it. */
export function requestFindings(
  document: ClientMetadataDocument,
  request: AuthorizationRequest,
): RequestFindings {
  const findings: RequestFinding[] = [];
  const add = (part: RequestPart, severity: RequestFinding["severity"], message: string | undefined) => {
    if (message !== undefined) findings.push({ part, severity, message });
  };
  add("method", "error", methodFault(document, request));
  if (!request.whole) {
    add("scope", "warning", scopeFault(document, request));
    return { findings };
  }
  const stranger = clientIdFault(document, request);
  add("client_id", "error", stranger);
  for (const name of request.repeated)
    add(
      "request",
      "error",
      say`${clip(name)} is sent more than once, which OAuth forbids. Let the client send it once.`,
    );
  if (stranger !== undefined) return { findings, ending: { outcome: "refused", reason: stranger } };
  if (request.elsewhere !== undefined) {
    const hidden =
      request.elsewhere === "request_uri"
        ? say`The request was pushed: its other parameters are behind request_uri, and the URL does not show them.`
        : say`The parameters are in a signed request object, which is not read here.`;
    add("request", "information", hidden);
    if (request.redirectUri === undefined)
      return { findings, ending: { outcome: "unknown", reason: hidden } };
  }
  const noRedirect = redirectFault(document, request);
  add("redirect_uri", "error", noRedirect);
  if (request.elsewhere === undefined) {
    add("response_type", "error", responseTypeFault(document, request));
    add("code_challenge", "error", pkceFault(request));
    add("resource", "warning", resourceFault(document, request));
  }
  add("scope", "warning", scopeFault(document, request));
  for (const { severity, message } of promptFaults(document, request)) add("prompt", severity, message);
  return noRedirect !== undefined && document.redirects.length !== 1
    ? { findings, ending: { outcome: "refused", reason: noRedirect } }
    : { findings };
}

function clientIdFault(
  { url }: ClientMetadataDocument,
  { clientId }: AuthorizationRequest,
): string | undefined {
  if (clientId === undefined)
    return say`The request has no client_id. Let the client send the URL of the document.`;
  if (url === undefined || clientId === url) return undefined;
  if (!/^https?:/i.test(clientId))
    return say`client_id is ${clip(clientId)}, no URL: the client was registered before, so the document is not read. Remove that registration in the client.`;
  return say`client_id is ${clip(clientId)}, and the document's URL is ${clip(url)}: the server reads another document, or refuses the difference. Let the client send the document's URL, character by character.`;
}

function redirectFault(document: ClientMetadataDocument, request: AuthorizationRequest): string | undefined {
  if (request.redirectUri !== undefined) return undefined;
  return document.redirects.length === 1
    ? say`The request has no redirect_uri. Some servers take the only entry of the document then, others refuse; let the client send it.`
    : say`The request has no redirect_uri, and the document lists several. Let the client send one of them.`;
}

function responseTypeFault(
  document: ClientMetadataDocument,
  { responseType }: AuthorizationRequest,
): string | undefined {
  if (responseType === undefined) return say`The request has no response_type. Let the client send code.`;
  const listed = document.strings("response_types").map(({ node }) => node.value);
  const allowed = listed.length === 0 ? ["code"] : listed;
  if (!allowed.includes(responseType))
    return say`response_type is ${clip(responseType)}, and the document has ${clip(allowed.join(", "))}.`;
  return responseType === "code"
    ? undefined
    : say`response_type is ${clip(responseType)}; OAuth 2.1 and MCP have code only.`;
}

/** MCP authorization (2025-11-25), authorization code protection: PKCE with S256. */
function pkceFault({ codeChallenge, codeChallengeMethod }: AuthorizationRequest): string | undefined {
  if (codeChallenge === undefined)
    return say`The request has no code_challenge. MCP clients must use PKCE with S256, and many servers refuse a public client without it.`;
  if (codeChallengeMethod === undefined)
    return say`The request has no code_challenge_method, which means plain. Let the client send S256.`;
  if (codeChallengeMethod !== "S256")
    return say`code_challenge_method is ${clip(codeChallengeMethod)}. MCP clients must use S256.`;
  return S256_CHALLENGE.test(codeChallenge)
    ? undefined
    : say`code_challenge is not what S256 gives: 43 characters of base64url without padding.`;
}

function scopeFault(document: ClientMetadataDocument, { scope }: AuthorizationRequest): string | undefined {
  const listed = documentScopes(document);
  const strangers = listed ? wordsOf(scope).filter((word) => !listed.includes(word)) : [];
  return strangers.length === 0
    ? undefined
    : say`The request asks for the scopes ${clip(strangers.join(", "))}, and the document's scope does not list them. Some servers refuse that, others leave them out.`;
}

/** MCP authorization (2025-11-25), resource parameter; RFC 8707 §2. */
function resourceFault(
  document: ClientMetadataDocument,
  { resource }: AuthorizationRequest,
): string | undefined {
  if (resource.length === 0 && !audiencesOf(document).includes("mcp")) return undefined;
  if (resource.length === 0)
    return say`The request has no resource. MCP clients must send the URL of the MCP server.`;
  const odd = resource.find((one) => !URL.canParse(one) || one.includes("#"));
  return odd === undefined
    ? undefined
    : say`resource is ${clip(odd)}; it must be an absolute URL without a fragment.`;
}

/** The values of OpenID Connect Core §3.1.2.1 and of Initiating User Registration. */
const PROMPTS = new Set(["none", "login", "consent", "select_account", "create"]);

function promptFaults(
  document: ClientMetadataDocument,
  { prompt, scope }: AuthorizationRequest,
): { readonly severity: RequestFinding["severity"]; readonly message: string }[] {
  const prompts = wordsOf(prompt);
  const unknown = prompts.filter((one) => !PROMPTS.has(one));
  if (unknown.length > 0)
    return [
      {
        severity: "warning",
        message: say`prompt is ${clip(unknown.join(" "))}, which is none of the values of OpenID Connect. Some servers refuse it.`,
      },
    ];
  if (prompts.includes("none") && prompts.length > 1)
    return [{ severity: "error", message: say`prompt has "none" beside other values, which is an error.` }];
  if (prompts.includes("none"))
    return [
      {
        severity: "warning",
        message: say`prompt is "none": it fails for everyone who has not signed in and agreed before.`,
      },
    ];
  const refreshes = document.strings("grant_types").some(({ node }) => node.value === "refresh_token");
  return wordsOf(scope).includes("offline_access") && refreshes && !prompts.includes("consent")
    ? [
        {
          severity: "warning",
          message: say`The request asks for offline_access without prompt=consent. Servers that follow OpenID Connect give no refresh token then.`,
        },
      ]
    : [];
}

function methodFault(document: ClientMetadataDocument, { method }: AuthorizationRequest): string | undefined {
  if (method === undefined) return undefined;
  const methods = documentMethods(document);
  return methods.includes(method)
    ? undefined
    : say`The client authenticates with "${clip(method)}", and the document says "${clip(methods.join(", "))}".`;
}
