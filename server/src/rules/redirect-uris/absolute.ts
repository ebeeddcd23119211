import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { holdsPlaceholder } from "../document/placeholder.js";
import { isAbsolute, redirectRule } from "./redirectRule.js";

/** What stands behind a scheme whose slashes are wrong. */
const HOST_AND_PATH = /^\/?(?:localhost|\d+(?:\.\d+){3}|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?\//i;

export const absolute = redirectRule({
  id: "redirect-uris/absolute",
  severity: "error",
  title: "Redirect URIs are absolute",
  why: "A browser is sent there from another site, so scheme and host must be written out.",
  sources: [rfc(6749, "3.1.2")],
  bad: [
    '"redirect_uris": [«"/callback"»]',
    '"redirect_uris": [«"app.acme.dev/callback"»]',
    '"redirect_uris": [«"https:///callback"»]',
    '"redirect_uris": [«"localhost:8080/callback"»]',
    '"redirect_uris": [«"https:/app.acme.dev/callback"»]',
  ],
  good: [
    '"redirect_uris": ["https://app.acme.dev/callback"]',
    '"redirect_uris": ["dev.acme.app:/callback"], "application_type": "native"',
  ],
  test(uri) {
    if (uri.raw === "" || holdsPlaceholder(uri.raw) || uri.pattern?.form === "malformed") return undefined;
    if (isAbsolute(uri) || uri.raw.trim() !== uri.raw) return undefined;
    return {
      message: say`A redirect URI must be absolute, or the browser cannot be sent there (RFC 6749 §3.1.2). Write scheme, host and path.`,
    };
  },
  fix({ raw, scheme, parts }) {
    if (parts.authority === undefined && /^https?$/.test(scheme) && HOST_AND_PATH.test(parts.path)) {
      const rest = raw.slice(scheme.length + 1).replace(/^\//, "");
      return [{ title: say`Write two slashes`, uri: `${scheme}://${rest}`, preferred: true }];
    }
    if (/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\//i.test(raw)) {
      return [{ title: say`Add the scheme`, uri: `http://${raw}`, preferred: true }];
    }
    return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\//i.test(raw)
      ? [{ title: say`Add the scheme`, uri: `https://${raw}`, preferred: true }]
      : [];
  },
});
