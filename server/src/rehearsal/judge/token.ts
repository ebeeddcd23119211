import { createHash } from "node:crypto";
import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import type { ServerProfile } from "../../servers/profile.js";
import { type Exchange, formOf } from "../exchange.js";
import { type Finding, failed, passed, warning } from "../findings.js";
import type { IssuedCode, Memory } from "../memory.js";
import type { RehearsedDocument } from "../rehearsedDocument.js";
import { judgeAssertion } from "./assertion.js";
import { judgeResource } from "./authorization.js";
import { tokenRefusal } from "./document.js";

/** What token requests are judged by. */
export interface TokenContext {
  readonly rehearsed: RehearsedDocument;
  readonly server: ServerProfile | undefined;
  readonly memory: Memory;
  readonly issuer: string;
  readonly resource: string;
}

/** What is known of a token request before oidc-provider sees it. */
export interface TokenJudgement {
  readonly findings: readonly Finding[];
  /** The chosen server's words where it gives this client no token, whatever it sends. */
  readonly refusal?: string | undefined;
}

/** Judges a token request, for a code or with a refresh token. */
export async function judgeToken(exchange: Exchange, context: TokenContext): Promise<TokenJudgement> {
  const form = formOf(exchange);
  const type = exchange.headers["content-type"] ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) {
    const sentence = say`The token request is ${clip(type || "untyped", 80)}. Send its parameters as application/x-www-form-urlencoded.`;
    return { findings: [failed(sentence)] };
  }
  const { rehearsed, server, resource } = context;
  const refusal = tokenRefusal(rehearsed, server)?.message;
  const findings = [
    ...judgeGrant(form, context),
    ...(await judgeAuthentication(exchange, form, context)),
    ...judgeResource(form.getAll("resource"), resource),
  ];
  if (refusal === undefined || !server) return { findings };
  return {
    findings: [failed(say`${server.name} gives this client no token: “${refusal}”`), ...findings],
    refusal,
  };
}

function judgeGrant(form: URLSearchParams, { memory }: TokenContext): Finding[] {
  const grant = form.get("grant_type");
  if (grant === "authorization_code") return judgeCode(form, memory);
  if (grant === "refresh_token") return judgeRefresh(form, memory);
  return [
    failed(
      grant === null
        ? say`The token request has no grant_type. Send \`authorization_code\`.`
        : say`The grant_type is ${clip(grant, 80)}. A client that signs a person in sends \`authorization_code\`, and later \`refresh_token\`.`,
    ),
  ];
}

function judgeCode(form: URLSearchParams, { codes }: Memory): Finding[] {
  const code = form.get("code");
  const issued = codes.get(code ?? "");
  if (!code) return [failed(say`The token request has no code. Send the one from the redirect.`)];
  if (!issued) return [failed(say`The code was not issued in this run. Send the one from the redirect.`)];
  if (issued.used) return [failed(say`The code was used before. A code works once: sign in again.`)];
  issued.used = true;
  return [...judgeVerifier(form.get("code_verifier"), issued), ...judgeRepeatedRedirect(form, issued)];
}

function judgeVerifier(verifier: string | null, { codeChallenge }: IssuedCode): Finding[] {
  if (!verifier)
    return [
      failed(say`The token request has no code_verifier. Send the one whose SHA-256 was the code_challenge.`),
    ];
  return createHash("sha256").update(verifier).digest("base64url") === codeChallenge
    ? [passed(say`The code_verifier fits the code_challenge.`)]
    : [
        failed(
          say`The code_verifier does not fit the code_challenge of the authorization request. Store the verifier of each sign-in until its code comes.`,
        ),
      ];
}

function judgeRepeatedRedirect(form: URLSearchParams, { redirectUri }: IssuedCode): Finding[] {
  const repeated = form.get("redirect_uri");
  if (repeated === redirectUri) return [passed(say`The redirect_uri is repeated.`)];
  return [
    repeated === null
      ? warning(
          say`The token request does not repeat the redirect_uri. OAuth 2.1 no longer needs it, but servers of RFC 6749 refuse the request without it: send ${clip(redirectUri)}.`,
        )
      : failed(
          say`The redirect_uri is ${clip(repeated)}, and that of the authorization request was ${clip(redirectUri)}. Repeat it character by character.`,
        ),
  ];
}

function judgeRefresh(form: URLSearchParams, { refreshTokens }: Memory): Finding[] {
  const token = form.get("refresh_token");
  if (!token) return [failed(say`The request has no refresh_token. Send the newest one.`)];
  switch (refreshTokens.get(token)) {
    case "current":
      return [];
    case "replaced":
      return [
        failed(
          say`The refresh token was replaced: each refresh gives a new one, which the client has to store. Using an old one ends the sign-in, since it may be stolen.`,
        ),
      ];
    default:
      return [failed(say`The refresh token was not issued in this run.`)];
  }
}

async function judgeAuthentication(
  { headers }: Exchange,
  form: URLSearchParams,
  { rehearsed, memory, issuer }: TokenContext,
): Promise<Finding[]> {
  const used = methodOf(headers.authorization, form);
  const findings: Finding[] = [];
  const clientId = form.get("client_id");
  if (clientId === null && used === "none")
    findings.push(failed(say`The token request has no client_id. A public client has to send it.`));
  if (clientId !== null && clientId !== rehearsed.clientId)
    findings.push(failed(say`The token request's client_id is ${clip(clientId)}, not the document's.`));
  if (used !== rehearsed.method) {
    findings.push(
      failed(
        say`The client authenticates with ${used}, and the document says ${clip(rehearsed.method, 80)} (token_endpoint_auth_method). Change one of them.`,
      ),
    );
    return findings;
  }
  if (used !== "private_key_jwt")
    return [...findings, passed(say`The client authenticates as the document says: ${used}.`)];
  const assertion = await judgeAssertion(
    form.get("client_assertion") ?? "",
    form.get("client_assertion_type"),
    rehearsed,
    { issuer, tokenEndpoint: `${issuer}/token` },
    memory.assertions,
  );
  return [...findings, ...assertion];
}

/** The authentication method that a request uses, in the words of RFC 7591 §2. */
function methodOf(authorization: string | undefined, form: URLSearchParams): string {
  if (form.has("client_assertion")) return "private_key_jwt";
  if (authorization !== undefined) return "client_secret_basic";
  return form.has("client_secret") ? "client_secret_post" : "none";
}
