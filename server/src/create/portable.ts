import { classifyRedirectUri, type RedirectUri } from "../redirects/classify.js";

/** The two spellings of the machine itself that servers and client libraries use; neither stands for the other. */
const LOOPBACK_PAIR = ["127.0.0.1", "localhost"] as const;

/**
 * The redirect URIs that most servers understand alike:
 * - A loopback entry for any port, whether written as FastMCP's `:*` or without a port, becomes the port-less pair
 *   on `127.0.0.1` and `localhost` (RFC 8252 §7.3: the server has to allow every port).
 * - Every other entry stays: a fixed port is what the client binds, and a wildcard elsewhere has no portable form.
 *
 * @returns each address once, in the order of the first mention
 */
export function portableRedirectUris(redirectUris: readonly string[]): string[] {
  return [...new Set(redirectUris.flatMap((raw) => portableForms(classifyRedirectUri(raw))))];
}

function portableForms({ raw, kind, parts }: RedirectUri): readonly string[] {
  const { host = "", port, path, query, fragment, userinfo } = parts;
  const anyPort = port === undefined || port === "" || port === "*";
  if (kind !== "loopback" || !anyPort || userinfo !== undefined || fragment !== undefined) return [raw];
  const rest = `${path || "/"}${query === undefined ? "" : `?${query}`}`;
  const isOfPair = LOOPBACK_PAIR.some((name) => name === host.toLowerCase());
  return (isOfPair ? LOOPBACK_PAIR : [host]).map((name) => `http://${name}${rest}`);
}

/**
 * What kind of application the redirect URIs are for (OpenID Connect Registration §2): `native` as soon as one leads
 * to the person's machine, because only then do all servers allow a loopback redirect on any port.
 */
export function applicationTypeOf(redirectUris: readonly string[]): "native" | "web" {
  const isNative = (raw: string) => ["loopback", "private-use"].includes(classifyRedirectUri(raw).kind);
  return redirectUris.some(isNative) ? "native" : "web";
}
