import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { removeItem, replaceNode } from "../edits.js";
import { listedGrants } from "../grant-types/grants.js";
import { profileRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";
import { add, requireMember } from "./requireMember.js";

const GRANTS: ReadonlySet<string> = new Set(["authorization_code", "refresh_token"]);

export const grantTypes = profileRule({
  id: "atproto/grant-types",
  title: "grant_types is authorization_code, perhaps with refresh_token",
  why: "The profile has only the authorization code grant; servers refuse a document with any other.",
  sameAs: [
    "grant-types/code-mismatch",
    "grant-types/type",
    "grant-types/refresh-only",
    "grant-types/extra",
    "grant-types/unknown",
    "grant-types/implicit",
    "grant-types/password",
    "grant-types/client-credentials-public",
  ],
  bad: [
    atprotoExample(
      '"grant_types": ["authorization_code", "refresh_token", «"urn:ietf:params:oauth:grant-type:device_code"»]',
    ),
    atprotoExample("", ["grant_types"]).replace("={", "=«{»"),
  ],
  good: [atprotoExample("")],
  check(document, report) {
    if (requireMember(document, report, "grant_types", '["authorization_code", "refresh_token"]')) return;
    const list = document.array("grant_types");
    const grants = listedGrants(document);
    if (!list || !grants) return;
    if (!grants.has("authorization_code")) {
      report({
        at: list,
        pointer: "/grant_types",
        message: say`The atproto profile requires authorization_code in \`grant_types\`. Add it.`,
      });
    }
    for (const { index, node } of document.strings("grant_types")) {
      if (GRANTS.has(node.value) || node.value === "") continue;
      report({
        at: node,
        pointer: jsonPointer("grant_types", index),
        message: say`The atproto profile allows only authorization_code and refresh_token, and servers refuse other grants. Delete it.`,
      });
    }
  },
  fix(document, { offset, pointer }) {
    const list = document.array("grant_types");
    const item = list?.items.find((node) => node.offset === offset);
    if (list && item && pointer !== "/grant_types") {
      return list.items.length > 1
        ? [
            {
              title: say`Delete it from the list`,
              edits: [removeItem(document, list.items, item)],
              preferred: true,
            },
          ]
        : [
            {
              title: say`Use authorization_code`,
              edits: [replaceNode(item, "authorization_code")],
              preferred: true,
            },
          ];
    }
    return add(document, "grant_types", "authorization_code", ["authorization_code", "refresh_token"]);
  },
});
