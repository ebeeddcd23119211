import { say } from "../../localisation/say.js";
import { profileRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";
import { add, requireMember } from "./requireMember.js";

export const responseTypes = profileRule({
  id: "atproto/response-types",
  title: "response_types has code",
  why: "The profile has only the code flow, and the member is required.",
  sameAs: ["response-types/empty-with-code", "grant-types/code-mismatch"],
  bad: [atprotoExample("", ["response_types"]).replace("={", "=«{»")],
  good: [atprotoExample("")],
  check(document, report) {
    if (requireMember(document, report, "response_types", '["code"]')) return;
    const list = document.array("response_types");
    if (!list || document.strings("response_types").some(({ node }) => node.value === "code")) return;
    report({
      at: list,
      pointer: "/response_types",
      message: say`The atproto profile requires code in \`response_types\`. Add it.`,
    });
  },
  fix: (document) => add(document, "response_types", "code", ["code"]),
});
