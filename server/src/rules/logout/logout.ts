import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import { classifyRedirectUri, UNSAFE_SCHEMES } from "../../redirects/classify.js";
import { backChannelLogout, frontChannelLogout, rpInitiatedLogout } from "../../specifications/sources.js";
import type { UriParts } from "../../uri/splitUri.js";
import { offsetOf } from "../../uri/uriParts.js";
import { deleteMember, memberNamedAt } from "../deleteMember.js";
import { defineRule, type Rule } from "../rule.js";
import type { UriMember } from "../uri/uriMembers.js";
import { type UriFinding, uriRule } from "../uri/uriRule.js";

const LOGOUT: ReadonlySet<string> = new Set([
  "post_logout_redirect_uris",
  "frontchannel_logout_uri",
  "backchannel_logout_uri",
]);

const FRONT: ReadonlySet<string> = new Set(["frontchannel_logout_uri"]);

/** What is wrong with one logout address; its form first. */
function findFault({ field, node, parts }: UriMember): UriFinding | undefined {
  const { kind, scheme } = classifyRedirectUri(node.value);
  const returns = field === "post_logout_redirect_uris";
  const web = scheme === "https" || scheme === "http";
  if (UNSAFE_SCHEMES.has(scheme) || kind === "relative" || (web && (parts.host ?? "") === "")) {
    return {
      message: say`\`${field}\` must hold absolute addresses (OpenID Connect Logout specifications), or nobody can be sent there. Write https://, the host and the path.`,
    };
  }
  if (!web && !returns) {
    return {
      message: say`\`${field}\` is opened by servers and browsers, which need an https address (OpenID Connect Logout specifications). Write one.`,
    };
  }
  if (parts.fragment !== undefined) {
    return {
      start: offsetOf("fragment", parts) - 1,
      end: node.value.length,
      message: say`An address in \`${field}\` is an absolute URI, which has no fragment (RFC 3986 §4.3). Delete the \`#\` and what follows.`,
    };
  }
  if (kind === "http") {
    return {
      end: 4,
      severity: "warning",
      message: say`\`${field}\` should use https (OpenID Connect Logout specifications), because http shows to others who signs out. Use https.`,
    };
  }
  return undefined;
}

export const uris = uriRule({
  id: "logout/uris",
  severity: "error",
  title: "Logout addresses are absolute, over https and without a fragment",
  why: "Servers call them, load them in a frame or send people there; each logout specification asks for an absolute https address.",
  sources: [rpInitiatedLogout("3.1"), frontChannelLogout("2"), backChannelLogout("2.2")],
  fields: LOGOUT,
  bad: [
    '"post_logout_redirect_uris": [«"/signed-out"»]',
    '"backchannel_logout_uri": "https://app.acme.dev/logout«#now»"',
    '"post_logout_redirect_uris": ["«http»://app.acme.dev/signed-out"]',
    '"backchannel_logout_uri": «"dev.acme.app:/logout"»',
    '"post_logout_redirect_uris": [«"javascript:alert(1)"»]',
  ],
  good: [
    '"post_logout_redirect_uris": ["https://app.acme.dev/signed-out"]',
    '"post_logout_redirect_uris": ["http://127.0.0.1/signed-out", "dev.acme.app:/signed-out"]',
  ],
  test: findFault,
});

function sameOrigin(a: UriParts, b: UriParts): boolean {
  const scheme = a.scheme?.toLowerCase();
  return (
    scheme === b.scheme?.toLowerCase() &&
    a.host?.toLowerCase() === b.host?.toLowerCase() &&
    portOf(scheme, a) === portOf(scheme, b)
  );
}

function portOf(scheme: string | undefined, { port }: UriParts): string {
  return port === undefined || port === "" ? (scheme === "http" ? "80" : "443") : port;
}

const frontchannelOrigin = uriRule({
  id: "logout/frontchannel-origin",
  severity: "error",
  title: "The front-channel logout page is on the origin of a redirect URI",
  why: "The page is loaded in a frame to end the session that a redirect began, so scheme, host and port must be those of a redirect URI.",
  sources: [frontChannelLogout("2")],
  fields: FRONT,
  bad: ['"frontchannel_logout_uri": «"https://login.acme.dev/logout"»'],
  good: ['"frontchannel_logout_uri": "https://app.acme.dev/logout"'],
  test(uri, document) {
    if (findFault(uri) || document.redirects.length === 0) return undefined;
    if (document.redirects.some((entry) => entry.uri.pattern || sameOrigin(uri.parts, entry.uri.parts))) {
      return undefined;
    }
    return {
      message: say`Scheme, host and port of \`frontchannel_logout_uri\` must be those of a redirect URI (Front-Channel Logout §2). Move the page there, or add the redirect.`,
    };
  },
});

const origin = defineRule({
  id: "logout/origin",
  severity: "information",
  title: "After signing out, people return to the client's own origin",
  why: "The specifications leave it open; Better Auth wants the origin of client_id.",
  sources: [rpInitiatedLogout("3.1")],
  portability: {
    message:
      "Some servers return people who sign out only to the origin of `client_id`. Use an address there.",
  },
  bad: ['"post_logout_redirect_uris": [«"https://www.acme.dev/signed-out"»]'],
  good: ['"post_logout_redirect_uris": ["https://app.acme.dev/signed-out"]'],
});

const backchannelBetterauth = defineRule({
  id: "logout/backchannel-betterauth",
  severity: "information",
  title: "The server accepts back-channel logout from a document",
  why: "Back-channel logout makes the server call an address of the client; Better Auth does not do that for clients it knows only by a document.",
  sources: [backChannelLogout("2.2")],
  portability: {
    message: "Some servers refuse a document with back-channel logout. Leave the member out for their users.",
  },
  bad: ['"backchannel_logout_uri": «"https://app.acme.dev/logout"»'],
  good: ['"frontchannel_logout_uri": "https://app.acme.dev/logout"'],
});

/** Each flag with the address that it is about. */
const SESSION_FLAGS: Readonly<Record<string, string>> = {
  frontchannel_logout_session_required: "frontchannel_logout_uri",
  backchannel_logout_session_required: "backchannel_logout_uri",
};

function flagsWithoutUri(document: ClientMetadataDocument): string[] {
  return Object.entries(SESSION_FLAGS).flatMap(([flag, uri]) => {
    const value = document.value(flag);
    return value?.type === "boolean" && value.value && !document.has(uri) ? [flag] : [];
  });
}

const sessionRequiredWithoutUri = defineRule({
  id: "logout/session-required-without-uri",
  severity: "warning",
  title: "Session flags come with their logout address",
  why: "The flag says what the logout call must carry; without the address no call is made.",
  sources: [frontChannelLogout("2"), backChannelLogout("2.2")],
  bad: ['«"backchannel_logout_session_required"»: true', '«"frontchannel_logout_session_required"»: true'],
  good: [
    '"frontchannel_logout_session_required": true, "frontchannel_logout_uri": "https://app.acme.dev/logout"',
    '"backchannel_logout_session_required": false',
  ],
  check(document, report) {
    if (!document.complete) return;
    for (const flag of flagsWithoutUri(document)) {
      const member = document.member(flag);
      if (!member) continue;
      report({
        at: member.key,
        pointer: `/${flag}`,
        message: say`\`${flag}\` has no effect without \`${SESSION_FLAGS[flag]}\` (OpenID Connect Logout specifications). Add the address, or delete the member.`,
        tags: ["unnecessary"],
      });
    }
  },
  fix: (document, finding) => deleteMember(document, memberNamedAt(document, finding)),
});

/** Rules about the OpenID Connect logout members. */
export const logoutRules: readonly Rule[] = [
  uris,
  frontchannelOrigin,
  origin,
  backchannelBetterauth,
  sessionRequiredWithoutUri,
];
