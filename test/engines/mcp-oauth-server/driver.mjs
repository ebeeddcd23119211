import express from "express";
import { MemoryOAuthServerModel, mcpAuthRouter, OAuthServer } from "mcp-oauth-server";
import { answerLines, authorizationRequest, get, stubFetchConnections } from "./node.mjs";

let body;
stubFetchConnections(() => body);

/** A model that keeps no document, so that each is fetched. */
class ForgetfulModel extends MemoryOAuthServerModel {
  getClientIdMetadataDocument() {
    return Promise.resolve(undefined);
  }
}

const CONSENT = "https://as.test/consent";
const provider = new OAuthServer({
  model: new ForgetfulModel(),
  authorizationUrl: new URL(CONSENT),
  issuerUrl: new URL("https://as.test"),
  clientIdMetadataDocuments: true,
  errorHandler() {},
});
const app = express();
app.use(mcpAuthRouter({ provider, authorizationOptions: { rateLimit: false } }));

await answerLines(async ({ url, body: bytes, redirectUri }) => {
  body = bytes;
  try {
    if (!(await provider.getClient(url))) return ["refuses", "Invalid client_id"];
  } catch (error) {
    return ["refuses", error.message];
  }
  if (redirectUri === undefined) return ["accepts"];
  const query = new URLSearchParams({
    ...authorizationRequest(url, redirectUri),
    resource: "https://as.test/",
  });
  const answer = await get(app, `/authorize?${query}`);
  if (answer.location?.startsWith(`${CONSENT}?`)) return ["allowed"];
  return ["refused", answer.location ?? JSON.parse(answer.body).error_description];
});
