/** The members of a document that keeps to the atproto profile. */
const MEMBERS: Readonly<Record<string, string>> = {
  client_id: '"https://app.acme.dev/oauth/client"',
  client_name: '"Acme"',
  redirect_uris: '["https://app.acme.dev/callback"]',
  grant_types: '["authorization_code", "refresh_token"]',
  response_types: '["code"]',
  scope: '"atproto"',
  token_endpoint_auth_method: '"none"',
  dpop_bound_access_tokens: "true",
};

/**
 * An example document of the atproto profile (the notation is that of `../example.ts`).
 *
 * @param members what is different in it, as JSON members with marks
 * @param without members that it lacks
 */
export function atprotoExample(members: string, without: readonly string[] = []): string {
  const rest = Object.entries(MEMBERS)
    .filter(([name]) => !members.includes(`"${name}":`) && !without.includes(name))
    .map(([name, value]) => `"${name}": ${value}`);
  return `={${[...(members === "" ? [] : [members]), ...rest].join(", ")}}`;
}
