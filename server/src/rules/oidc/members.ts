import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import { ciba, federation, oidcCore, oidcRegistration, type Source } from "../../specifications/sources.js";
import { canonicalHost } from "../../uri/host.js";
import { joinUri } from "../../uri/uriParts.js";
import { closest } from "../closest.js";
import { replaceString } from "../edits.js";
import { defineRule, type Rule } from "../rule.js";
import type { UriMember } from "../uri/uriMembers.js";
import { uriRule } from "../uri/uriRule.js";

const CLIENT_METADATA = oidcRegistration("2", "ClientMetadata");

interface ValueRule extends Pick<Rule, "id" | "title" | "why" | "portability"> {
  readonly member: string;
  readonly values: readonly string[];
  readonly source: Source;
}

/** Makes a rule of a member whose values are fixed. */
function valueRule({ member, values, source, ...meta }: ValueRule): Rule {
  return defineRule({
    ...meta,
    severity: "error",
    coveredByJsonService: true,
    sources: [source],
    bad: [`"${member}": «"${values[0]?.toUpperCase()}"»`, `"${member}": «"magic"»`],
    good: [`"${member}": "${values[0]}"`],
    check(document, report) {
      const node = document.string(member);
      if (!node || node.value === "" || node.value.trim() !== node.value || values.includes(node.value))
        return;
      report({
        at: node,
        pointer: `/${member}`,
        message: say`\`${member}\` must be ${values.slice(0, -1).join(", ")} or ${values.at(-1)} (${source.label}), and this is neither. Choose one.`,
      });
    },
    fix(document) {
      const node = document.string(member);
      const lower = node?.value.toLowerCase() ?? "";
      const guess = values.includes(lower) ? lower : closest(lower, values, 2);
      return node && guess
        ? [{ title: say`Use ${guess}`, edits: [replaceString(node, guess)], preferred: true }]
        : [];
    },
  });
}

function isHttps({ parts }: UriMember): boolean {
  return parts.scheme?.toLowerCase() === "https" && (parts.host ?? "") !== "";
}

interface HttpsRule extends Pick<Rule, "id" | "title" | "why"> {
  readonly member: string;
  readonly source: Source;
}

/** Makes a rule of a URI member whose specification requires https. */
function httpsRule({ member, source, ...meta }: HttpsRule): Rule {
  return uriRule({
    ...meta,
    severity: "error",
    sources: [source],
    fields: new Set([member]),
    bad: [`"${member}": «"http://app.acme.dev/x"»`, `"${member}": «"/x"»`],
    good: [`"${member}": "https://app.acme.dev/x"`],
    test: (uri) =>
      isHttps(uri)
        ? undefined
        : { message: say`\`${member}\` must be an absolute https URL (${source.label}). Use https.` },
    fix: ({ parts }) =>
      parts.scheme?.toLowerCase() === "http" && parts.host
        ? joinUri({ ...parts, scheme: "https" })
        : undefined,
    fixTitle: () => say`Use https`,
  });
}

/** The hosts of the https and http redirects, each once. */
function redirectHosts(document: ClientMetadataDocument): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { uri } of document.redirects) {
    if (uri.kind !== "claimed-https" || uri.pattern) continue;
    hosts.add(canonicalHost(uri.parts.host ?? "") ?? "");
  }
  return hosts;
}

const sectorHosts = defineRule({
  id: "oidc/sector-identifier",
  severity: "error",
  title: "Pairwise subjects with several redirect hosts have a sector_identifier_uri",
  why: "A pairwise subject is formed per host. With several hosts the server cannot choose one, so a file has to say which belong together.",
  sources: [oidcCore("8.1", "PairwiseAlg"), oidcRegistration("5", "SectorIdentifierValidation")],
  bad: [
    '"subject_type": «"pairwise"», "redirect_uris": ["https://app.acme.dev/callback", "https://acme.dev/callback"]',
    '"subject_type": "pairwise", "sector_identifier_uri": «"http://app.acme.dev/sector.json"»',
  ],
  good: [
    '"subject_type": "pairwise"',
    '"subject_type": "pairwise", "redirect_uris": ["https://app.acme.dev/callback", "https://acme.dev/callback"], "sector_identifier_uri": "https://acme.dev/sector.json"',
  ],
  check(document, report) {
    const uri = document.string("sector_identifier_uri");
    if (uri && uri.value !== "" && !/^https:\/\/[^/]/i.test(uri.value.trim())) {
      report({
        at: uri,
        pointer: "/sector_identifier_uri",
        message: say`\`sector_identifier_uri\` must be an absolute https URL (OpenID Connect Registration §5). Use https.`,
      });
    }
    const type = document.string("subject_type");
    if (type?.value !== "pairwise" || !document.complete || document.has("sector_identifier_uri")) return;
    if (redirectHosts(document).size < 2) return;
    report({
      at: type,
      pointer: "/subject_type",
      message: say`With redirect URIs on several hosts, pairwise needs \`sector_identifier_uri\` (OpenID Connect Core §8.1). Add it, or use public.`,
    });
  },
});

const defaultMaxAge = defineRule({
  id: "oidc/default-max-age",
  severity: "error",
  coveredByJsonService: true,
  title: "default_max_age is a number of seconds",
  why: "It is a length of time in whole seconds, and servers refuse a document that says otherwise.",
  sources: [CLIENT_METADATA],
  bad: ['"default_max_age": «-1»', '"default_max_age": «0.5»'],
  good: ['"default_max_age": 3600'],
  check(document, report) {
    const node = document.value("default_max_age");
    if (node?.type !== "number" || (Number.isInteger(node.value) && node.value >= 0)) return;
    report({
      at: node,
      pointer: "/default_max_age",
      message: say`\`default_max_age\` must be a whole number of seconds, zero or more (OpenID Connect Registration §2). Change the value.`,
    });
  },
});

const defaultAcrValues = defineRule({
  id: "oidc/default-acr-values",
  severity: "information",
  title: "The server supports the authentication classes",
  why: "Which classes there are is each server's business; one that offers none refuses a document that asks for some.",
  sources: [CLIENT_METADATA],
  portability: {
    message: "Some servers offer no authentication classes. Leave the member out for their users.",
  },
  bad: ['"default_acr_values": «["urn:mace:incommon:iap:silver"]»'],
  good: ['"default_max_age": 3600'],
});

const requestUris = uriRule({
  id: "oidc/request-uris",
  severity: "warning",
  title: "Request objects are fetched over https",
  why: "Over http anybody on the way can change the request, unless it is signed.",
  sources: [CLIENT_METADATA],
  fields: new Set(["request_uris"]),
  bad: ['"request_uris": [«"http://app.acme.dev/request.jwt"»]', '"request_uris": [«"/request.jwt"»]'],
  good: [
    '"request_uris": ["https://app.acme.dev/request.jwt#k2oYXKqiZrucvpgengXLeM1zKwsygOuURBK7b4-PB68"]',
    '"request_uris": ["urn:acme:request"]',
  ],
  test: (uri) =>
    isHttps(uri) || (uri.parts.scheme !== undefined && uri.parts.authority === undefined)
      ? undefined
      : {
          message: say`\`request_uris\` must be https URLs unless the request is signed (OpenID Connect Registration §2). Use https.`,
        },
  fix: ({ parts }) =>
    parts.scheme?.toLowerCase() === "http" && parts.host ? joinUri({ ...parts, scheme: "https" }) : undefined,
  fixTitle: () => say`Use https`,
});

/** Rules about members of OpenID Connect that name no algorithm. */
export const oidcMemberRules: readonly Rule[] = [
  valueRule({
    id: "oidc/subject-type",
    title: "subject_type is public or pairwise",
    why: "There are no other ways to form a subject, and servers refuse a document that names one.",
    member: "subject_type",
    values: ["public", "pairwise"],
    source: CLIENT_METADATA,
  }),
  sectorHosts,
  defaultMaxAge,
  defaultAcrValues,
  httpsRule({
    id: "oidc/initiate-login-uri",
    title: "initiate_login_uri is an https URL",
    why: "People are sent there from other sites to start signing in, so nobody on the way may change it.",
    member: "initiate_login_uri",
    source: CLIENT_METADATA,
  }),
  requestUris,
];

const cibaMode = valueRule({
  id: "ciba/mode",
  title: "The delivery mode is poll, ping or push",
  why: "The server has to know how the client gets the outcome of a sign-in that it started in the background.",
  member: "backchannel_token_delivery_mode",
  values: ["poll", "ping", "push"],
  source: ciba("4"),
});

const cibaEndpoint = defineRule({
  id: "ciba/endpoint",
  severity: "error",
  title: "ping and push have an address to call",
  why: "In both modes the server calls the client, so it has to know where.",
  sources: [ciba("4")],
  bad: [
    '"backchannel_token_delivery_mode": «"ping"»',
    '"backchannel_token_delivery_mode": "push", "backchannel_client_notification_endpoint": «"http://app.acme.dev/ciba"»',
  ],
  good: [
    '"backchannel_token_delivery_mode": "poll"',
    '"backchannel_token_delivery_mode": "ping", "backchannel_client_notification_endpoint": "https://app.acme.dev/ciba"',
  ],
  check(document, report) {
    const endpoint = document.string("backchannel_client_notification_endpoint");
    if (endpoint && endpoint.value !== "" && !/^https:\/\/[^/]/i.test(endpoint.value.trim())) {
      report({
        at: endpoint,
        pointer: "/backchannel_client_notification_endpoint",
        message: say`\`backchannel_client_notification_endpoint\` must be an absolute https URL (CIBA Core §4). Use https.`,
      });
    }
    const mode = document.string("backchannel_token_delivery_mode");
    if (!document.complete || (mode?.value !== "ping" && mode?.value !== "push")) return;
    if (document.has("backchannel_client_notification_endpoint")) return;
    report({
      at: mode,
      pointer: "/backchannel_token_delivery_mode",
      message: say`In mode ${mode.value} the server calls the client (CIBA Core §4). Add \`backchannel_client_notification_endpoint\`, or use poll.`,
    });
  },
});

/** Rules about background sign-in and federations. */
export const openidFamilyRules: readonly Rule[] = [
  cibaMode,
  cibaEndpoint,
  httpsRule({
    id: "signed-jwks-uri/https",
    title: "signed_jwks_uri is an https URL",
    why: "Federations fetch the signed key set from there.",
    member: "signed_jwks_uri",
    source: federation("5.2.1"),
  }),
];
