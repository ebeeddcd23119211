/** What a client sends to an authorization endpoint, as far as it is seen. */
export interface AuthorizationRequest {
  /**
   * True where all parameters are known, from a whole authorization URL: what is absent was not sent. Else only the redirect
   * URI, the scope and the method that are named are judged.
   */
  readonly whole: boolean;
  readonly clientId?: string | undefined;
  readonly redirectUri?: string | undefined;
  readonly responseType?: string | undefined;
  readonly scope?: string | undefined;
  readonly codeChallenge?: string | undefined;
  readonly codeChallengeMethod?: string | undefined;
  readonly prompt?: string | undefined;
  readonly resource: readonly string[];
  /** The request was pushed or signed (RFC 9126, RFC 9101), so that the URL does not show the rest of it. */
  readonly elsewhere?: "request_uri" | "request" | undefined;
  /** Parameters that are sent more than once and must not be (RFC 6749 §3.1). */
  readonly repeated: readonly string[];
  /** How the client authenticates at the token endpoint, where a person says so. */
  readonly method?: string | undefined;
}

/** A parameter beside `client_id` that a URL of an authorization request has, and a redirect URI has not. */
const TELLING = ["redirect_uri", "response_type", "request_uri", "request", "code_challenge"];

/** RFC 8707 §2: a request may name several resources. */
const REPEATABLE = "resource";

/**
 * Reads a pasted URL as an authorization request.
 *
 * @returns undefined where it is none, but a redirect URI
 */
export function readAuthorizationUrl(text: string): AuthorizationRequest | undefined {
  // In the source of a page, & is written as &amp;.
  const url = URL.parse(text.trim().replaceAll("&amp;", "&"));
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  const { searchParams } = url;
  const names = new Set(searchParams.keys());
  const telling = TELLING.filter((name) => names.has(name)).length;
  if (telling === 0 || (telling === 1 && !names.has("client_id"))) return undefined;
  // An empty parameter counts as absent (RFC 6749 §3.1).
  const value = (name: string) => searchParams.get(name) || undefined;
  return {
    whole: true,
    clientId: value("client_id"),
    redirectUri: value("redirect_uri"),
    responseType: value("response_type"),
    scope: value("scope"),
    codeChallenge: value("code_challenge"),
    codeChallengeMethod: value("code_challenge_method"),
    prompt: value("prompt"),
    resource: searchParams.getAll(REPEATABLE).filter((resource) => resource !== ""),
    elsewhere: value("request_uri") ? "request_uri" : value("request") ? "request" : undefined,
    repeated: [...names].filter((name) => name !== REPEATABLE && searchParams.getAll(name).length > 1),
  };
}

/** A request of which only these parts are known. */
export function partialRequest(
  redirectUri: string,
  { scope, method }: { readonly scope?: string | undefined; readonly method?: string | undefined } = {},
): AuthorizationRequest {
  return { whole: false, redirectUri, scope, method, resource: [], repeated: [] };
}

/** The words of a parameter that lists several. */
export function wordsOf(value: string | undefined): readonly string[] {
  return value?.split(" ").filter((word) => word !== "") ?? [];
}
