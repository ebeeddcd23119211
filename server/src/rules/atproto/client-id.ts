import { rangeInString } from "../../document/rangeInString.js";
import { say } from "../../localisation/say.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { replaceString } from "../edits.js";
import { profileRule, serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const clientIdPort = profileRule({
  id: "atproto/client-id-port",
  title: "client_id has no port",
  why: "The profile allows no port in client_id, and atproto servers do not fetch from one.",
  sameAs: ["client-id/port", "client-id/default-port"],
  bad: [
    atprotoExample(
      '"client_id": "https://app.acme.dev«:8443»/oauth/client", "redirect_uris": ["https://app.acme.dev:8443/callback"]',
    ),
  ],
  good: [atprotoExample("")],
  check(document, report) {
    const node = document.string("client_id");
    const port = document.clientId?.port;
    if (!node || !document.clientId || port === undefined) return;
    const start = offsetOf("port", document.clientId) - 1;
    report({
      at: rangeInString(node, start, start + port.length + 1),
      pointer: "/client_id",
      message: say`The atproto profile allows no port in \`client_id\`. Serve the document on port 443 and leave the port out.`,
    });
  },
  fix(document) {
    const node = document.string("client_id");
    return node && document.clientId
      ? [
          {
            title: say`Delete the port`,
            edits: [replaceString(node, joinUri({ ...document.clientId, port: undefined }))],
          },
        ]
      : [];
  },
});

export const clientIdHost = serverRule({
  id: "atproto/client-id-host",
  title: "client_id is on a public domain",
  why: "atproto servers accept no address and no local name as a client's host.",
  sameAs: [
    "client-id/special-use-host",
    "client-id/ip-literal",
    "client-id/non-public-host",
    "document/placeholder",
  ],
  sentence: "atproto servers require a public domain name in `client_id`. Deploy the document on one.",
  bad: [atprotoExample('"client_id": "https://«93.184.215.14»/oauth/client"')],
  good: [atprotoExample("")],
});

export const clientIdPath = serverRule({
  id: "atproto/client-id-path",
  title: "client_id is written as a URL parser writes it",
  why: "atproto servers compare client_id with its normalised form and accept no slash at its end.",
  sameAs: [
    "client-id/root-path",
    "client-id/trailing-slash",
    "client-id/dot-segment",
    "client-id/dot-segment-encoded",
    "client-id/illegal-character",
    "client-id/non-ascii",
    "client-id/backslash",
    "client-id/path-required",
  ],
  sentence:
    "atproto servers require a path in `client_id`, in normal form and without a slash at the end. Write it that way.",
  bad: [atprotoExample('"client_id": "https://app.acme.dev/oauth«/»"')],
  good: [atprotoExample("")],
});
