import dns from "node:dns/promises";
import { createRequire } from "node:module";
import { isIP } from "node:net";
import { addressOf, answerLines, authorizationRequest, get, stubFetchConnections } from "./node.mjs";

// `lookup` before anything that takes it from the module.
dns.lookup = (hostname) => {
  if (hostname.startsWith("[")) return Promise.reject(new Error(`getaddrinfo ENOTFOUND ${hostname}`));
  const address = isIP(hostname) ? hostname : addressOf(hostname);
  return Promise.resolve([{ address, family: isIP(address) }]);
};

const require = createRequire(import.meta.url);
const SERVICE = "./node_modules/@backstage/plugin-auth-backend/dist/service";
const { OidcRouter } = require(`${SERVICE}/OidcRouter.cjs.js`);
const { OidcService } = require(`${SERVICE}/OidcService.cjs.js`);
const { ConfigReader } = require("@backstage/config");
const express = require("express");

let body;
stubFetchConnections(() => body);

const options = {
  auth: {},
  tokenIssuer: {},
  baseUrl: "https://backstage.test/api/auth",
  appUrl: "https://backstage.test",
  userInfo: {},
  oidc: { createAuthorizationSession: () => Promise.resolve() },
  logger: { warn() {}, info() {}, debug() {}, error() {} },
  httpAuth: {},
  config: new ConfigReader({
    auth: { clientIdMetadataDocuments: { enabled: true, allowedClientIdPatterns: ["https://*:*/*"] } },
  }),
};
const service = OidcService.create(options);
const app = express();
app.use(OidcRouter.create(options).getRouter());

await answerLines(async ({ url, body: bytes, redirectUri }) => {
  body = bytes;
  try {
    await service.resolveClient({ clientId: url });
  } catch (error) {
    if (error.name !== "InputError") throw error;
    return ["refuses", error.message];
  }
  if (redirectUri === undefined) return ["accepts"];
  const query = new URLSearchParams(authorizationRequest(url, redirectUri));
  try {
    const { location, body: text } = await get(app, `/v1/authorize?${query}`);
    return location?.startsWith("https://backstage.test/oauth2/authorize/")
      ? ["allowed"]
      : ["refused", location ?? text];
  } catch (error) {
    return ["refused", error.body?.error_description ?? error.message];
  }
});
