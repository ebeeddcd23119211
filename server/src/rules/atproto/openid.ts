import { serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const openid = serverRule({
  id: "atproto/openid",
  title: "The scope has no openid",
  why: "An atproto server knows people by their DID and issues no ID tokens, so it grants nothing for openid.",
  sameAs: ["scope/openid"],
  sentence: "OpenID Connect does not go with atproto, so openid is never granted. Delete it from `scope`.",
  bad: [atprotoExample('"scope": «"atproto openid"»')],
  good: [atprotoExample("")],
});
