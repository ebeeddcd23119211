/**
 * Where the metadata of a protected resource is looked for when no header names it.
 *
 * @see RFC 9728 §3.1; MCP authorization (2025-11-25), protected resource metadata discovery
 */
export function resourceMetadataUrls(resource: URL): readonly string[] {
  const path = resource.pathname.replace(/\/$/, "");
  const root = `${resource.origin}/.well-known/oauth-protected-resource`;
  return path === "" ? [root] : [`${root}${path}${resource.search}`, root];
}

/**
 * Where the metadata of an authorization server is looked for, in order.
 *
 * @see RFC 8414 §3.1, OpenID Connect Discovery 1.0 §4; MCP authorization (2025-11-25), authorization server metadata
 *   discovery
 */
export function serverMetadataUrls(issuer: URL): readonly string[] {
  const path = issuer.pathname.replace(/\/$/, "");
  const oauth = `${issuer.origin}/.well-known/oauth-authorization-server`;
  const openid = `${issuer.origin}/.well-known/openid-configuration`;
  return path === ""
    ? [oauth, openid]
    : [`${oauth}${path}`, `${openid}${path}`, `${issuer.origin}${path}/.well-known/openid-configuration`];
}

/** The `resource_metadata` parameter of a `WWW-Authenticate` header (RFC 9728 §5.1), or undefined. */
export function resourceMetadataParameter(challenge: string | undefined): string | undefined {
  const found = /(?:^|[\s,])resource_metadata\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/i.exec(
    challenge ?? "",
  );
  return found?.[1]?.replace(/\\(.)/g, "$1") ?? found?.[2];
}
