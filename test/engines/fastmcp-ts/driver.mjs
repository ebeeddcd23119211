import { OAuthProxy, OAuthProxyError } from "fastmcp/auth";
import { answerLines, authorizationRequest, stubFetchConnections } from "./node.mjs";

let body;
stubFetchConnections(() => body);

/** A proxy of its own for each document, so that none comes out of its cache. */
function newProxy() {
  return new OAuthProxy({
    baseUrl: "https://proxy.test",
    enableCimd: true,
    // The default derives a key with scrypt each time.
    encryptionKey: false,
    jwtSigningKey: "key",
    upstreamAuthorizationEndpoint: "https://upstream.test/authorize",
    upstreamClientId: "client",
    upstreamClientSecret: "secret",
    upstreamTokenEndpoint: "https://upstream.test/token",
  });
}

await answerLines(async (request) => {
  body = request.body;
  const proxy = newProxy();
  try {
    if (!(await proxy.resolveClient(request.url, undefined))) return ["refuses", "Unknown client_id"];
    if (request.redirectUri === undefined) return ["accepts"];
    await proxy.authorize(authorizationRequest(request.url, request.redirectUri));
    return ["allowed"];
  } catch (error) {
    if (error instanceof OAuthProxyError) return ["refused", error.description];
    throw error;
  } finally {
    proxy.destroy();
  }
});
