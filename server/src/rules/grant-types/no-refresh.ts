import { audiencesOf } from "../../document/audiences.js";
import { say } from "../../localisation/say.js";
import { mcp, rfc } from "../../specifications/sources.js";
import { addItem } from "../edits.js";
import { defineRule } from "../rule.js";
import { CODE, grantsOf, listedGrants, wantsOfflineAccess } from "./grants.js";

export const noRefresh = defineRule({
  id: "grant-types/no-refresh",
  severity: "hint",
  title: "Clients that want to stay signed in list refresh_token",
  why: "Without it a server may issue no refresh token, and people sign in again whenever the access token has expired.",
  sources: [mcp("client-registration"), rfc(7591, "2")],
  portability: {
    message:
      "Without refresh_token in `grant_types`, people sign in again whenever the access token expires. Add it.",
  },
  bad: ['"grant_types": «["authorization_code"]»'],
  good: [
    '"grant_types": ["authorization_code", "refresh_token"]',
    '"grant_types": ["client_credentials"], "response_types": [], "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  check(document, report) {
    const list = document.array("grant_types");
    const grants = grantsOf(document);
    if (!list || !grants.has(CODE) || grants.has("refresh_token") || wantsOfflineAccess(document)) return;
    report({
      at: list,
      pointer: "/grant_types",
      // The conformance suite of MCP warns about it.
      severity: audiencesOf(document).includes("mcp") ? "information" : "hint",
      message: say`Without refresh_token people sign in again whenever the access token has expired. Clients that want to renew it should list it (MCP 2026-07-28).`,
    });
  },
  fix(document) {
    const list = document.array("grant_types");
    const edit =
      list && !listedGrants(document)?.has("refresh_token") && addItem(document, list, "refresh_token");
    return edit ? [{ title: say`Add refresh_token`, edits: [edit], preferred: true }] : [];
  },
});
