import { registerHooks } from "node:module";
import { answerLines, authorizationRequest } from "./node.mjs";

// The module that only the Workers runtime has.
const RUNTIME = "data:text/javascript,export class WorkerEntrypoint {}";
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "cloudflare:workers" ? { url: RUNTIME, shortCircuit: true } : next(specifier, context),
});
globalThis.Cloudflare = { compatibilityFlags: { global_fetch_strictly_public: true } };
for (const name of ["log", "info", "warn"]) console[name] = () => {};

const { getOAuthApi, AuthorizationError, CimdFetchError } = await import(
  "@cloudflare/workers-oauth-provider"
);

const handler = { fetch: () => new Response() };
const OPTIONS = {
  apiRoute: "/api",
  apiHandler: handler,
  defaultHandler: handler,
  authorizeEndpoint: "/authorize",
  tokenEndpoint: "/token",
  resourceMetadata: { resource: "https://mcp.example/api" },
  clientIdMetadataDocumentEnabled: true,
};

/** The little of Workers KV that a lookup and an authorization need. */
function memoryKv() {
  const entries = new Map();
  return {
    async get(key, { type } = {}) {
      const value = entries.get(key);
      return value === undefined ? null : type === "json" ? JSON.parse(value) : value;
    },
    async put(key, value) {
      entries.set(key, value);
    },
    async delete(key) {
      entries.delete(key);
    },
    list: async () => ({ keys: [], list_complete: true }),
  };
}

async function load(api, url) {
  try {
    return (await api.lookupClient(url)) ? undefined : "Invalid client_id";
  } catch (error) {
    if (error instanceof CimdFetchError) return error.detail;
    throw error;
  }
}

/** The request, and what follows once the user has agreed. */
async function authorize(api, url, redirectUri) {
  const query = new URLSearchParams(authorizationRequest(url, redirectUri));
  let request;
  try {
    request = await api.parseAuthRequest(new Request(`https://mcp.example/authorize?${query}`));
  } catch (error) {
    if (error instanceof AuthorizationError) return ["refused", error.description ?? error.code];
    throw error;
  }
  await api.completeAuthorization({ request, userId: "u", scope: [], metadata: undefined, props: {} });
  return ["allowed"];
}

await answerLines(async ({ url, body, redirectUri }) => {
  const api = getOAuthApi(OPTIONS, { OAUTH_KV: memoryKv() });
  globalThis.fetch = async (target) => {
    if (target !== url) throw new TypeError(`no network: ${target}`);
    return new Response(body, { headers: { "content-length": String(body.length) } });
  };
  const refusal = await load(api, url);
  if (refusal !== undefined) return ["refuses", refusal];
  return redirectUri === undefined ? ["accepts"] : authorize(api, url, redirectUri);
});
