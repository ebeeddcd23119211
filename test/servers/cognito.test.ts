import { cognito } from "../../server/src/servers/cognito.js";
import { describeProfile } from "./support/profileTable.js";

describeProfile(cognito, {
  fine: [
    {
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
    },
    { token_endpoint_auth_method: undefined },
  ],
  cases: {
    "url-https": { url: "http://app.acme.dev/c", rule: "client-id/https" },
    "url-length": [
      { url: `https://app.acme.dev/${"c".repeat(240)}`, rule: "client-id/length" },
      { url: "https://a.b", rule: "client-id/length" },
    ],
    "public-client": [
      {
        change: { token_endpoint_auth_method: "private_key_jwt" },
        rule: "auth-method/private-key-jwt-support",
      },
      { change: { token_endpoint_auth_method: "client_secret_basic" }, rule: "auth-method/shared-secret" },
    ],
    "operator-allowlist": { rule: "client-id/operator-allowlist" },
  },
});
