import { say } from "../../localisation/say.js";
import { replaceString } from "../edits.js";
import { profileRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const scope = profileRule({
  id: "atproto/scope",
  title: "scope has atproto",
  why: "The scope atproto says that the client keeps to the profile; without it a server grants nothing of atproto.",
  bad: [atprotoExample('"scope": «"transition:generic"»')],
  good: [atprotoExample('"scope": "atproto transition:generic"')],
  check(document, report) {
    const node = document.string("scope");
    if (!node || node.value.split(" ").includes("atproto")) return;
    report({
      at: node,
      pointer: "/scope",
      message: say`The scopes are atproto's, and the profile requires the scope atproto itself. Add it.`,
    });
  },
  fix(document) {
    const node = document.string("scope");
    return node
      ? [{ title: say`Add atproto`, edits: [replaceString(node, `atproto ${node.value}`)], preferred: true }]
      : [];
  },
});
