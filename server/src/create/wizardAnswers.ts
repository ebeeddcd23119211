import type { CreateDocumentOptions } from "./createDocument.js";
import { applicationTypeOf } from "./portable.js";

/**
 * What a person says they build. `both` runs on the person's machine and on a server; `atproto` follows the profile of
 * https://atproto.com/specs/oauth.
 */
export const CLIENT_KINDS = ["native", "web", "both", "atproto"] as const;
export type ClientKind = (typeof CLIENT_KINDS)[number];

/** How the client authenticates: not at all, or with keys of its own and one of the algorithms of RFC 7518 §3.1. */
export const AUTHENTICATIONS = ["none", "ES256", "RS256"] as const;
export type Authentication = (typeof AUTHENTICATIONS)[number];

/** The answers to the wizard's questions. An empty text means that there is none. */
export interface WizardAnswers {
  readonly kind: ClientKind;
  /** `client_name`. */
  readonly name: string;
  /** The client identifier URL; empty: not known yet. */
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  /** Asks for refresh tokens. */
  readonly refresh: boolean;
  /** Scopes with white space between two of them. */
  readonly scope: string;
  readonly clientUri: string;
  readonly logoUri: string;
  /** `none`, or the algorithm with which the client signs for `private_key_jwt`. */
  readonly authentication: Authentication;
}

/** The scope that every atproto client asks for (https://atproto.com/specs/oauth, "Authorization Scopes"). */
const ATPROTO_SCOPE = "atproto";

/**
 * What the answers mean as a document.
 *
 * - `application_type` follows the kind, because only a native client may come from a loopback address on any port; for
 *   atproto it follows the redirect URIs.
 * - `private_key_jwt` names a `jwks.json` beside the document, so it needs `clientId`.
 */
export function optionsFromAnswers(answers: WizardAnswers): CreateDocumentOptions {
  const { kind, authentication } = answers;
  const authMethod = authentication === "none" ? "none" : "private_key_jwt";
  const clientId = answers.clientId.trim();
  const redirectUris = answers.redirectUris.map((uri) => uri.trim());
  const isAtproto = kind === "atproto";
  return {
    name: answers.name.trim(),
    clientId,
    redirectUris,
    applicationType: isAtproto ? applicationTypeOf(redirectUris) : kind === "web" ? "web" : "native",
    authMethod,
    ...(authentication === "none"
      ? {}
      : { signingAlgorithm: authentication, jwksUri: jwksUriBeside(clientId) }),
    refresh: answers.refresh,
    scope: scopes(answers.scope, isAtproto),
    clientUri: answers.clientUri.trim(),
    logoUri: answers.logoUri.trim(),
    dpopBoundAccessTokens: isAtproto ? true : undefined,
  };
}

/**
 * The URL of the key set that stands beside a document.
 *
 * @returns undefined when the client identifier URL is not a URL, or one without a path to stand in (`urn:example:client`)
 */
export function jwksUriBeside(clientId: string): string | undefined {
  return URL.parse("jwks.json", clientId)?.href;
}

function scopes(typed: string, isAtproto: boolean): string {
  const named = typed.split(/\s+/).filter((scope) => scope !== "");
  return [...new Set(isAtproto ? [ATPROTO_SCOPE, ...named] : named)].join(" ");
}
