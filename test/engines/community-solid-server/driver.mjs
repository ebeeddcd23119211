import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { answerLines, stubRequests } from "./node.mjs";

let body;
let requests;
/** The document; then what a sector identifier URI wants to be answered with, which is every redirect URI. */
stubRequests(() => (requests++ === 0 ? body : JSON.stringify(JSON.parse(body).redirect_uris ?? [])));

const require = createRequire(import.meta.url);
const {
  CachedJwkGenerator,
  ClientIdAdapterFactory,
  ExpiringAdapterFactory,
  IdentityProviderFactory,
  MemoryMapStorage,
  RdfToQuadConverter,
  WrappedExpiringStorage,
} = require("@solid/community-server");

const shipped = JSON.parse(
  readFileSync(require.resolve("@solid/community-server/config/identity/handler/base/provider-factory.json")),
);
const { config } = shipped["@graph"].find(({ "@type": type }) => type === "IdentityProviderFactory");

const storage = new MemoryMapStorage();
const provider = await new IdentityProviderFactory(config, {
  promptFactory: { handleSafe: () => Promise.resolve() },
  adapterFactory: new ClientIdAdapterFactory(
    new ExpiringAdapterFactory(new WrappedExpiringStorage(new MemoryMapStorage())),
    new RdfToQuadConverter(),
  ),
  baseUrl: "https://solid.test/",
  oidcPath: "/.oidc",
  interactionRoute: { getPath: () => "https://solid.test/.account/" },
  clientCredentialsStore: {},
  storage,
  jwkGenerator: new CachedJwkGenerator("ES256", "jwks", storage),
  showStackTrace: false,
  errorHandler: {},
  responseWriter: {},
}).getProvider();

await answerLines(async ({ url, body: bytes, redirectUri }) => {
  body = bytes;
  requests = 0;
  let client;
  try {
    client = await provider.Client.find(url);
  } catch (error) {
    return ["refuses", error.error_description ?? error.message];
  }
  if (!client) return ["refuses", "client not found"];
  if (redirectUri === undefined) return ["accepts"];
  return client.redirectUriAllowed(redirectUri)
    ? ["allowed"]
    : ["refused", "redirect_uri did not match any of the client's registered redirect_uris"];
});
