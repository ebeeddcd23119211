import { say } from "../../localisation/say.js";
import { canonicalHost } from "../../uri/host.js";
import { splitUri } from "../../uri/splitUri.js";
import { profileRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const clientUri = profileRule({
  id: "atproto/client-uri",
  title: "client_uri is on the host of client_id",
  why: "Otherwise anybody could pass off somebody else's home page as the client's.",
  sameAs: ["client-uri/same-host"],
  bad: [atprotoExample('"client_uri": «"https://www.acme.dev"»')],
  good: [atprotoExample('"client_uri": "https://app.acme.dev"')],
  check(document, report) {
    const node = document.string("client_uri");
    const own = canonicalHost(document.clientId?.host ?? "");
    const host = node && canonicalHost(splitUri(node.value).host ?? "");
    if (!node || !own || !host || host === own) return;
    report({
      at: node,
      pointer: "/client_uri",
      message: say`The atproto profile requires \`client_uri\` on the host of \`client_id\`, ${own.slice(0, 60)}. Move it there, or delete the member.`,
    });
  },
});
