import { say } from "../../localisation/say.js";
import { replaceString } from "../edits.js";
import { placeOfScope, scopesWithout, scopeTokens } from "../scope/scopeTokens.js";
import { serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const openid = serverRule({
  id: "atproto/openid",
  title: "The scope has no openid",
  why: "An atproto server knows people by their DID and issues no ID tokens; it refuses a request that asks for openid.",
  sameAs: ["scope/openid"],
  sentence:
    "OpenID Connect does not go with atproto: its servers refuse a request for openid. Delete it from `scope`.",
  bad: [atprotoExample('"scope": "atproto «openid»"')],
  good: [atprotoExample("")],
  check(document, report) {
    const node = document.string("scope");
    const found = node && scopeTokens(node).find(({ token }) => token === "openid");
    if (!node || !found) return;
    report({
      at: placeOfScope(node, found),
      pointer: "/scope",
      message: say`OpenID Connect does not go with atproto: its servers refuse a request for openid. Delete it from \`scope\`.`,
    });
  },
  fix(document) {
    const node = document.string("scope");
    return node
      ? [
          {
            title: say`Delete ${"openid"}`,
            edits: [
              replaceString(
                node,
                scopesWithout(node, (token) => token === "openid"),
              ),
            ],
            preferred: true,
          },
        ]
      : [];
  },
});
