import { answerLines, authorizationRequest, stubRequests } from "./node.mjs";

let body;
stubRequests(() => body);

Object.assign(process.env, {
  LOG_LEVEL: "silent",
  MCP_OAUTH_CIMD_ENABLED: "true",
  MCP_OAUTH_ENABLED: "true",
  PUBLIC_URL: "https://directus.test",
  SECRET: "secret",
});

const SERVICE = "./node_modules/@directus/api/dist/services/mcp-oauth";
const { McpOAuthService } = await import(`${SERVICE}/index.js`);
const { OAuthError } = await import(`${SERVICE}/types/error.js`);

/** A database without a client, in which the setting is on. */
const tables = {
  directus_oauth_clients: { first: () => undefined, count: () => [{ count: 0 }], insert: () => undefined },
  directus_settings: { first: () => ({ mcp_oauth_cimd_enabled: true }) },
};
function knex(name) {
  const table = { select: () => table, where: () => table };
  for (const [method, answer] of Object.entries(tables[name]))
    table[method] = () => Promise.resolve(answer());
  return table;
}

const service = new McpOAuthService({ knex, schema: {} });

await answerLines(async ({ url, body: bytes, redirectUri }) => {
  body = bytes;
  const refusal = (outcome) => (error) => {
    if (error instanceof OAuthError) return [outcome, error.description];
    throw error;
  };
  const refused = await service.resolveClientWithFetch(url).then(() => undefined, refusal("refuses"));
  if (refused) return refused;
  if (redirectUri === undefined) return ["accepts"];
  const request = authorizationRequest(url, redirectUri);
  return service
    .validateAuthorization(request, "user", "0".repeat(64))
    .then(() => ["allowed"], refusal("refused"));
});
