import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { servesPlainText } from "../../uri/host.js";
import { hostRange } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

/** Pages that show a file instead of serving it: host, and a pattern of the path. */
const VIEWERS: readonly { readonly host: RegExp; readonly path: RegExp; readonly what: () => string }[] = [
  {
    host: /^(?:www\.)?github\.com$/,
    path: /^\/[^/]+\/[^/]+\/(?:blob|raw|tree)\//,
    what: () => say`GitHub's page of the file`,
  },
  { host: /^gist\.github\.com$/, path: /^/, what: () => say`a Gist page` },
  {
    host: /^(?:www\.)?gitlab\.com$/,
    path: /\/-\/(?:blob|raw|tree)\//,
    what: () => say`GitLab's page of the file`,
  },
  { host: /^(?:drive|docs)\.google\.com$/, path: /^/, what: () => say`a Google Drive page` },
  { host: /^(?:www\.)?dropbox\.com$/, path: /^/, what: () => say`a Dropbox page` },
  { host: /^pastebin\.com$/, path: /^\/(?!raw\/)/, what: () => say`a Pastebin page` },
];

export const rawHost = clientIdRule({
  id: "client-id/raw-host",
  severity: "warning",
  title: "client_id is on a host that serves JSON",
  why: "Code hosts and drives answer with an HTML page, a redirect or plain text; a server needs 200 and JSON.",
  sources: [cimd("4"), cimd("5")],
  bad: [
    '"client_id": «"https://github.com/acme/app/blob/main/client.json"», "redirect_uris": ["https://github.com/callback"]',
    '"client_id": "https://«raw.githubusercontent.com»/acme/app/main/client.json", "redirect_uris": ["https://raw.githubusercontent.com/callback"]',
  ],
  good: [
    '"client_id": "https://github.com/acme/client.json", "redirect_uris": ["https://github.com/callback"]',
  ],
  test({ parts }) {
    if (servesPlainText(parts.host ?? ""))
      return {
        ...hostRange(parts),
        message: say`GitHub serves this file as text/plain, and servers that insist on JSON refuse it. Serve it from GitHub Pages or another web host.`,
      };
    const viewer = VIEWERS.find(
      ({ host, path }) => host.test(parts.host?.toLowerCase() ?? "") && path.test(parts.path),
    );
    return (
      viewer && {
        message: say`This is ${viewer.what()}, which answers with HTML or a redirect instead of the JSON (CIMD draft-03 §4). Serve the file from a web host.`,
      }
    );
  },
});
