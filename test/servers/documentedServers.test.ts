import { authlete } from "../../server/src/servers/authlete.js";
import { entra } from "../../server/src/servers/entra.js";
import { janssen } from "../../server/src/servers/janssen.js";
import { oracleIam } from "../../server/src/servers/oracle-iam.js";
import { pingfederate } from "../../server/src/servers/pingfederate.js";
import { qlikCloud } from "../../server/src/servers/qlik-cloud.js";
import { servicenow } from "../../server/src/servers/servicenow.js";
import { workos } from "../../server/src/servers/workos.js";
import { describeProfile } from "./support/profileTable.js";

/** Servers known from their documentation alone: they can refuse and warn, and never promise. */

const HTTP = { url: "http://app.acme.dev/c", rule: "client-id/https" };
const ALLOWLIST = { rule: "client-id/operator-allowlist" };
const UNKNOWN = [["https://app.acme.dev/callback", "unknown"]] as const;

describeProfile(janssen, {
  fine: [{ client_id: undefined }, { token_endpoint_auth_method: "tls_client_auth" }],
  cases: {
    "url-https": HTTP,
    "url-address": [
      { url: "https://192.168.0.1/c", rule: "client-id/special-use-host" },
      { url: "https://localhost/c", rule: "client-id/special-use-host" },
    ],
    size: { change: { padding: "x".repeat(65_536) }, rule: "document/size" },
    json: { text: "{", rule: "document/json-syntax" },
    object: { text: "[]", rule: "document/not-object" },
    "auth-method": {
      change: { token_endpoint_auth_method: "client_secret_jwt" },
      rule: "auth-method/shared-secret",
    },
  },
  outcomes: UNKNOWN,
});

describeProfile(authlete, {
  fine: [{ token_endpoint_auth_method: "private_key_jwt", jwks_uri: "https://keys.acme.dev/jwks.json" }],
  cases: {
    "url-https": HTTP,
    "url-path": { url: "https://app.acme.dev", rule: "client-id/path-required" },
    "url-dot-segments": { url: "https://app.acme.dev/a/../c", rule: "client-id/dot-segment" },
    "url-fragment": { url: "https://app.acme.dev/c#x", rule: "client-id/fragment" },
    "url-userinfo": { url: "https://me@app.acme.dev/c", rule: "client-id/userinfo" },
    "url-query": { url: "https://app.acme.dev/c?x", rule: "client-id/query" },
    "client-id-equal": { change: { client_id: "https://app.acme.dev/c" }, rule: "client-id/url-mismatch" },
    "auth-method": {
      change: { token_endpoint_auth_method: "client_secret_basic" },
      rule: "auth-method/shared-secret",
    },
    "client-secret": { change: { client_secret: "s" }, rule: "secret/client-secret" },
  },
  outcomes: UNKNOWN,
});

describeProfile(pingfederate, {
  fine: [{ redirect_uris: ["dev.acme.app:/cb"] }],
  cases: {
    "operator-allowlist": ALLOWLIST,
    loopback: [
      { change: { redirect_uris: ["http://127.0.0.1/cb"] }, rule: "redirect-uris/loopback-refused" },
      { change: { redirect_uris: ["https://localhost/cb"] }, rule: "redirect-uris/loopback-refused" },
      { change: { redirect_uris: ["http://localhost:*/cb"] }, rule: "redirect-uris/wildcard-port" },
    ],
  },
  outcomes: UNKNOWN,
});

describeProfile(oracleIam, {
  cases: {
    "url-https": HTTP,
    "operator-allowlist": ALLOWLIST,
    flows: {
      change: { token_endpoint_auth_method: "private_key_jwt" },
      rule: "auth-method/private-key-jwt-support",
    },
  },
  outcomes: UNKNOWN,
});

describeProfile(qlikCloud, {
  cases: {
    "url-https": HTTP,
    "operator-allowlist": ALLOWLIST,
    "client-credentials": {
      change: { grant_types: ["authorization_code", "client_credentials"] },
      rule: "grant-types/extra",
    },
  },
  outcomes: UNKNOWN,
});

describeProfile(servicenow, {
  cases: { "url-https": HTTP, "operator-allowlist": ALLOWLIST },
  matches: [
    ["https://app.acme.dev/callback", "https://app.acme.dev/callback", true],
    ["http://127.0.0.1:5000/cb", "http://127.0.0.1/cb", false],
  ],
  outcomes: [
    ["https://app.acme.dev/callback", "works"],
    ["http://127.0.0.1/cb", "limited", "client-id/operator-allowlist"],
    ["https://localhost/cb", "limited", "client-id/operator-allowlist"],
    ["http://localhost:*/cb", "never", "redirect-uris/wildcard-port"],
  ],
});

describeProfile(workos, { cases: { "url-https": HTTP }, outcomes: UNKNOWN });

describeProfile(entra, {
  cases: { "url-https": HTTP, "operator-allowlist": ALLOWLIST },
  outcomes: UNKNOWN,
});
