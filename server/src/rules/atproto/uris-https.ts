import { say } from "../../localisation/say.js";
import { replaceString } from "../edits.js";
import { profileRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const urisHttps = profileRule({
  id: "atproto/uris-https",
  title: "Logo, terms and policy are https URLs",
  why: "The profile allows only https for what people are shown.",
  sameAs: ["uri/https", "uri/absolute", "uri/unsafe-scheme", "logo-uri/data"],
  bad: [atprotoExample('"tos_uri": «"http://app.acme.dev/tos"»')],
  good: [atprotoExample('"tos_uri": "https://app.acme.dev/tos"')],
  check(document, report) {
    for (const name of ["logo_uri", "tos_uri", "policy_uri"]) {
      const node = document.string(name);
      if (!node || node.value === "" || /^https:\/\//i.test(node.value.trim())) continue;
      report({
        at: node,
        pointer: `/${name}`,
        message: say`The atproto profile allows only https in \`${name}\`. Use https.`,
      });
    }
  },
  fix(document, { pointer }) {
    const node = document.string(pointer.slice(1));
    return node && /^http:\/\//i.test(node.value)
      ? [
          {
            title: say`Use https`,
            edits: [replaceString(node, `https${node.value.slice(4)}`)],
            preferred: true,
          },
        ]
      : [];
  },
});
