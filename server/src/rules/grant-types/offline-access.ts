import { say } from "../../localisation/say.js";
import { mcp, oidcCore } from "../../specifications/sources.js";
import { addItem } from "../edits.js";
import { defineRule } from "../rule.js";
import { listedGrants, wantsOfflineAccess } from "./grants.js";

export const offlineAccess = defineRule({
  id: "grant-types/offline-access",
  severity: "warning",
  title: "offline_access comes with the refresh_token grant",
  why: "The scope asks for a refresh token, and without the grant the client may not use one.",
  sources: [oidcCore("11", "OfflineAccess"), mcp("client-registration")],
  bad: ['"scope": "openid offline_access", "grant_types": «["authorization_code"]»'],
  good: ['"scope": "openid offline_access", "grant_types": ["authorization_code", "refresh_token"]'],
  check(document, report) {
    const list = document.array("grant_types");
    const grants = listedGrants(document);
    const scope = document.string("scope");
    if (!list || !grants || !scope || grants.has("refresh_token") || !wantsOfflineAccess(document)) return;
    report({
      at: list,
      pointer: "/grant_types",
      message: say`The scope offline_access asks for a refresh token, which this list does not allow (OpenID Connect Core §11). Add refresh_token.`,
      related: [{ offset: scope.offset, end: scope.end, message: say`The scope` }],
    });
  },
  fix(document) {
    const list = document.array("grant_types");
    const edit = list && addItem(document, list, "refresh_token");
    return edit ? [{ title: say`Add refresh_token`, edits: [edit], preferred: true }] : [];
  },
});
