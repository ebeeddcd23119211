import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { hostKind } from "../../uri/host.js";
import { isWithinSite, siteOf } from "../../uri/site.js";
import { hostRange, offsetOf } from "../../uri/uriParts.js";
import type { Rule } from "../rule.js";
import { uriRule } from "../uri/uriRule.js";

const LOGO: ReadonlySet<string> = new Set(["logo_uri"]);

/** Endings of pages and data: what answers there is no image. */
const NOT_AN_IMAGE = /\.(?:html?|json|pdf|txt|md|xml|css|m?js|zip)$/i;

const data = uriRule({
  id: "logo-uri/data",
  severity: "warning",
  title: "The logo is an address, not the image itself",
  why: "Whether data: is allowed is an open question of the draft (its issue 19); oidc-provider refuses it, and it eats the five kilobytes a document has.",
  sources: [rfc(7591, "2"), cimd("9.8")],
  fields: LOGO,
  bad: ['"logo_uri": "«data»:image/png;base64,iVBORw0KGgo="'],
  good: ['"logo_uri": "https://app.acme.dev/logo.png"'],
  test({ parts }) {
    if (parts.scheme?.toLowerCase() !== "data") return undefined;
    return {
      end: parts.scheme.length,
      message: say`\`logo_uri\` should be the address of an image (RFC 7591 §2), and servers that fetch it cannot fetch \`data:\`. Put the image on your host and write its https address.`,
    };
  },
});

const format = uriRule({
  id: "logo-uri/format",
  severity: "warning",
  title: "The logo is an image file",
  why: "The value must point to an image; a page about it is shown as a broken picture.",
  sources: [rfc(7591, "2")],
  fields: LOGO,
  bad: ['"logo_uri": "https://app.acme.dev«/brand.html»"'],
  good: [
    '"logo_uri": "https://app.acme.dev/logo.svg"',
    '"logo_uri": "https://app.acme.dev/logo"',
    '"logo_uri": "https://app.acme.dev/logo.php?f=a.html"',
  ],
  test({ parts }) {
    if (parts.authority === undefined || !NOT_AN_IMAGE.test(parts.path)) return undefined;
    const start = offsetOf("path", parts);
    return {
      start,
      end: start + parts.path.length,
      message: say`This address ends like a page or a data file, and \`logo_uri\` must point to an image (RFC 7591 §2). Write the image's own address.`,
    };
  },
});

const crossOrigin = uriRule({
  id: "logo-uri/cross-origin",
  severity: "hint",
  title: "The logo is on the client's own site",
  why: "RFC 7591 suggests that servers warn people when the logo is on another site than the client: borrowed logos are how one client poses as another.",
  sources: [rfc(7591, "5"), cimd("10.2")],
  portability: {
    message:
      "Some servers require the logo on the client's own site. Host it there, or leave the member out.",
  },
  fields: LOGO,
  bad: ['"logo_uri": "https://«cdn.images.dev»/acme.png"'],
  good: ['"logo_uri": "https://cdn.acme.dev/logo.png"'],
  test({ parts }, document) {
    const host = parts.host?.toLowerCase() ?? "";
    const own = document.clientId?.host?.toLowerCase() ?? "";
    if (host === own || hostKind(host) !== "name" || hostKind(own) !== "name") return undefined;
    if (isWithinSite(host, siteOf(own))) return undefined;
    if (document.redirectHosts.has(host)) return undefined;
    return {
      ...hostRange(parts),
      message: say`The logo is on another site than the client, which servers may show as a warning (RFC 7591 §5). Serve it from your own site if you can.`,
    };
  },
});

/** Rules about the image beside the client's name. */
export const logoRules: readonly Rule[] = [data, format, crossOrigin];
