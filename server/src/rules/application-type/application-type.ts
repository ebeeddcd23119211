import type { ClientMetadataDocument, RedirectEntry } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import type { RedirectUri } from "../../redirects/classify.js";
import { mcp, oidcRegistration, rfc } from "../../specifications/sources.js";
import { table } from "../../table.js";
import { addMember, replaceString } from "../edits.js";
import { isHostWithPort } from "../redirect-uris/redirectRule.js";
import { defineRule, type Rule } from "../rule.js";

/** What people write for the two values of the specification. */
const ALIASES = table<string>({
  desktop: "native",
  mobile: "native",
  cli: "native",
  app: "native",
  installed: "native",
  ios: "native",
  android: "native",
  browser: "web",
  website: "web",
  webapp: "web",
  "web-app": "web",
  spa: "web",
  server: "web",
});

function isPrivateUse(uri: RedirectUri): boolean {
  return uri.kind === "private-use" && uri.pattern?.form !== "malformed" && !isHostWithPort(uri);
}

/** Only an installed application has these (OpenID Connect Registration §2, RFC 8252 §7.1, §7.3). */
function isNative({ uri }: RedirectEntry): boolean {
  return (uri.kind === "loopback" && uri.pattern?.form !== "malformed") || isPrivateUse(uri);
}

function onlyNative(document: ClientMetadataDocument): boolean {
  return document.redirects.length > 0 && document.redirects.every(isNative);
}

const value = defineRule({
  id: "application-type/value",
  severity: "error",
  title: "application_type is native or web",
  why: "The specification defines two values; servers that read the member refuse others.",
  sources: [oidcRegistration("2", "ClientMetadata")],
  bad: ['"application_type": «"Native"»', '"application_type": «"spa"»', '"application_type": «"service"»'],
  good: ['"application_type": "web"'],
  check(document, report) {
    const node = document.string("application_type");
    if (!node || node.value === "native" || node.value === "web" || node.value === "") return;
    const folded = node.value.trim().toLowerCase();
    const guess = folded === "native" || folded === "web" ? folded : ALIASES.get(folded);
    report({
      at: node,
      pointer: "/application_type",
      message: say`\`application_type\` is native or web (OpenID Connect Registration §2), and servers refuse ${JSON.stringify(node.value.slice(0, 40))}. ${guess === undefined ? say`Write one of the two.` : say`Write ${guess}.`}`,
      data: guess,
    });
  },
  fix(document, { data }) {
    const node = document.string("application_type");
    return node && typeof data === "string"
      ? [{ title: say`Use ${data}`, edits: [replaceString(node, data)], preferred: true }]
      : [];
  },
});

const missingNative = defineRule({
  id: "application-type/missing-native",
  severity: "hint",
  title: "An installed application says that it is one",
  why: "Without application_type a client counts as a web client (OpenID Connect Registration §2); servers that go by it refuse private-use schemes, and accept a loopback redirect on its own port only.",
  sources: [oidcRegistration("2", "ClientMetadata"), mcp("client-registration"), rfc(8252, "7.3")],
  portability: {
    message:
      "Without `application_type` this is a web client, which has no such redirect URI. Set it to native.",
  },
  bad: [
    '«"redirect_uris"»: ["http://127.0.0.1/callback"]',
    '"redirect_uris": ["https://app.acme.dev/callback", «"dev.acme.app:/callback"»]',
  ],
  good: [
    '"redirect_uris": ["http://127.0.0.1/callback"], "application_type": "native"',
    '"redirect_uris": ["https://app.acme.dev/callback", "http://127.0.0.1/callback"]',
  ],
  check(document, report) {
    if (!document.complete || document.has("application_type")) return;
    const privateUse = document.redirects.find(({ uri }) => isPrivateUse(uri));
    const list = onlyNative(document) ? document.member("redirect_uris")?.key : undefined;
    const at = privateUse?.node ?? list;
    if (!at) return;
    report({
      at,
      pointer: privateUse?.pointer ?? "/redirect_uris",
      message: say`Without \`application_type\` servers may treat this client as a web client, which has no such redirects (OpenID Connect Registration §2). Add \`application_type\`: native.`,
    });
  },
  fix(document) {
    const edit = addMember(document, "application_type", "native");
    return edit ? [{ title: say`Add application_type: native`, edits: [edit], preferred: true }] : [];
  },
});

const webLoopback = defineRule({
  id: "application-type/web-loopback",
  severity: "warning",
  title: "A web client has no redirects of an installed application",
  why: "Loopback addresses and private-use schemes lead to a program on the user's machine; servers that go by application_type refuse them for a web client.",
  sources: [mcp("client-registration"), oidcRegistration("2", "ClientMetadata"), rfc(8252, "7")],
  bad: [
    '"application_type": "web", "redirect_uris": [«"http://127.0.0.1/callback"», "https://app.acme.dev/callback"]',
    '"application_type": "web", "redirect_uris": [«"dev.acme.app:/callback"»]',
  ],
  good: [
    '"application_type": "web"',
    '"application_type": "native", "redirect_uris": ["http://127.0.0.1/callback"]',
  ],
  check(document, report) {
    const type = document.string("application_type");
    if (type?.value !== "web") return;
    for (const entry of document.redirects) {
      if (!isNative(entry)) continue;
      report({
        at: entry.node,
        pointer: entry.pointer,
        message: say`Only an installed application has such a redirect, and \`application_type\` says web (MCP client registration). Set native, or keep redirects for development in another document.`,
        related: [{ offset: type.offset, end: type.end, message: say`Declared here` }],
      });
    }
  },
  fix(document) {
    const type = document.string("application_type");
    return type && onlyNative(document)
      ? [
          {
            title: say`Change application_type to native`,
            edits: [replaceString(type, "native")],
            preferred: true,
          },
        ]
      : [];
  },
});

/** Rules about `application_type`. */
export const applicationTypeRules: readonly Rule[] = [value, missingNative, webLoopback];
