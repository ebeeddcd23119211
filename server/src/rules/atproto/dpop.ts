import { say } from "../../localisation/say.js";
import { replaceNode } from "../edits.js";
import { profileRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";
import { add, requireMember } from "./requireMember.js";

export const dpop = profileRule({
  id: "atproto/dpop",
  title: "dpop_bound_access_tokens is true",
  why: "The profile binds every token to a key of the client, so that a stolen one is of no use.",
  bad: [
    atprotoExample('"dpop_bound_access_tokens": «false»'),
    atprotoExample("", ["dpop_bound_access_tokens"]).replace("={", "=«{»"),
  ],
  good: [atprotoExample("")],
  check(document, report) {
    if (requireMember(document, report, "dpop_bound_access_tokens", "true")) return;
    const flag = document.value("dpop_bound_access_tokens");
    if (flag?.type !== "boolean" || flag.value) return;
    report({
      at: flag,
      pointer: "/dpop_bound_access_tokens",
      message: say`The atproto profile requires DPoP, so this must be true. Change the value.`,
    });
  },
  fix(document) {
    const flag = document.value("dpop_bound_access_tokens");
    if (flag) return [{ title: say`Change to true`, edits: [replaceNode(flag, true)], preferred: true }];
    return add(document, "dpop_bound_access_tokens", "", true);
  },
});
