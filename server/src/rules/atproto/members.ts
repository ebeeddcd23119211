import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { startOf } from "../../document/locate.js";
import { rangeInString } from "../../document/rangeInString.js";
import { say } from "../../localisation/say.js";
import { canonicalHost } from "../../uri/host.js";
import { splitUri } from "../../uri/splitUri.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { addItem, addMember, removeItem, replaceNode, replaceString } from "../edits.js";
import { listedGrants } from "../grant-types/grants.js";
import type { Fix, Report, Rule } from "../rule.js";
import { profileRule, serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

type Reporter = (found: Report) => void;

/** Reports a member that the profile requires, at the start of the document. */
function requireMember(
  document: ClientMetadataDocument,
  report: Reporter,
  name: string,
  value: string,
): boolean {
  if (!document.object || document.has(name)) return false;
  if (document.complete) {
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`The atproto profile requires \`${name}\`. Add it: ${value}.`,
    });
  }
  return true;
}

/** The fix that adds a required member, or an item to its list. */
function add(document: ClientMetadataDocument, name: string, item: string, value: unknown): readonly Fix[] {
  const list = document.array(name);
  const edit = list ? addItem(document, list, item) : addMember(document, name, value);
  return edit ? [{ title: list ? say`Add ${item}` : say`Add ${name}`, edits: [edit], preferred: true }] : [];
}

const clientIdPort = profileRule({
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

const GRANTS: ReadonlySet<string> = new Set(["authorization_code", "refresh_token"]);

const grantTypes = profileRule({
  id: "atproto/grant-types",
  title: "grant_types is authorization_code, perhaps with refresh_token",
  why: "The profile has only the authorization code grant; servers refuse a document with any other.",
  sameAs: [
    "grant-types/code-mismatch",
    "grant-types/type",
    "grant-types/refresh-only",
    "grant-types/extra",
    "grant-types/unknown",
    "grant-types/implicit",
    "grant-types/password",
    "grant-types/client-credentials-public",
  ],
  bad: [
    atprotoExample(
      '"grant_types": ["authorization_code", "refresh_token", «"urn:ietf:params:oauth:grant-type:device_code"»]',
    ),
    atprotoExample("", ["grant_types"]).replace("={", "=«{»"),
  ],
  good: [atprotoExample("")],
  check(document, report) {
    if (requireMember(document, report, "grant_types", '["authorization_code", "refresh_token"]')) return;
    const list = document.array("grant_types");
    const grants = listedGrants(document);
    if (!list || !grants) return;
    if (!grants.has("authorization_code")) {
      report({
        at: list,
        pointer: "/grant_types",
        message: say`The atproto profile requires authorization_code in \`grant_types\`. Add it.`,
      });
    }
    for (const { index, node } of document.strings("grant_types")) {
      if (GRANTS.has(node.value) || node.value === "") continue;
      report({
        at: node,
        pointer: jsonPointer("grant_types", index),
        message: say`The atproto profile allows only authorization_code and refresh_token, and servers refuse other grants. Delete it.`,
      });
    }
  },
  fix(document, { offset, pointer }) {
    const list = document.array("grant_types");
    const item = list?.items.find((node) => node.offset === offset);
    if (list && item && pointer !== "/grant_types") {
      return list.items.length > 1
        ? [
            {
              title: say`Delete it from the list`,
              edits: [removeItem(document, list.items, item)],
              preferred: true,
            },
          ]
        : [
            {
              title: say`Use authorization_code`,
              edits: [replaceNode(item, "authorization_code")],
              preferred: true,
            },
          ];
    }
    return add(document, "grant_types", "authorization_code", ["authorization_code", "refresh_token"]);
  },
});

const responseTypes = profileRule({
  id: "atproto/response-types",
  title: "response_types has code",
  why: "The profile has only the code flow, and the member is required.",
  sameAs: ["response-types/empty-with-code", "grant-types/code-mismatch"],
  bad: [atprotoExample("", ["response_types"]).replace("={", "=«{»")],
  good: [atprotoExample("")],
  check(document, report) {
    if (requireMember(document, report, "response_types", '["code"]')) return;
    const list = document.array("response_types");
    if (!list || document.strings("response_types").some(({ node }) => node.value === "code")) return;
    report({
      at: list,
      pointer: "/response_types",
      message: say`The atproto profile requires code in \`response_types\`. Add it.`,
    });
  },
  fix: (document) => add(document, "response_types", "code", ["code"]),
});

const scope = profileRule({
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

const dpop = profileRule({
  id: "atproto/dpop",
  title: "dpop_bound_access_tokens is true",
  why: "The profile binds every token to a key of the client, so that a stolen one is of no use.",
  bad: [
    atprotoExample('"dpop_bound_access_tokens": «false»'),
    atprotoExample("", ["dpop_bound_access_tokens"]).replace("={", "=«{»"),
  ],
  good: [atprotoExample("")],
  check(document, report) {
    if (requireMember(document, report, "dpop_bound_access_tokens", "true")) return;
    const flag = document.value("dpop_bound_access_tokens");
    if (flag?.type !== "boolean" || flag.value) return;
    report({
      at: flag,
      pointer: "/dpop_bound_access_tokens",
      message: say`The atproto profile requires DPoP, so this must be true. Change the value.`,
    });
  },
  fix(document) {
    const flag = document.value("dpop_bound_access_tokens");
    if (flag) return [{ title: say`Change to true`, edits: [replaceNode(flag, true)], preferred: true }];
    return add(document, "dpop_bound_access_tokens", "", true);
  },
});

const clientUri = profileRule({
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

const urisHttps = profileRule({
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

/** Rules about members that the atproto profile requires or narrows. */
export const atprotoMemberRules: readonly Rule[] = [
  clientIdPort,
  grantTypes,
  responseTypes,
  scope,
  dpop,
  clientUri,
  urisHttps,
];

/** Rules about what atproto servers require beyond the profile's text. */
export const atprotoServerRules: readonly Rule[] = [
  serverRule({
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
  }),
  serverRule({
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
  }),
  serverRule({
    id: "atproto/localhost-client",
    title: "The development client has no document",
    why: "A client_id that starts with http://localhost stands for metadata that atproto servers make up from the URL itself.",
    sameAs: ["client-id/special-use-host"],
    sentence:
      "atproto servers never fetch a document for the client `http://localhost`: its redirect URIs and scope go into the query, as in http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback&scope=atproto. Delete the file, or deploy it to a public https host.",
    bad: [atprotoExample('"client_id": "http://«localhost»/?scope=atproto"')],
    good: [atprotoExample("")],
  }),
  serverRule({
    id: "atproto/auth-method-explicit",
    title: "The token endpoint authentication method is written down",
    why: "atproto servers assume client_secret_basic when it is absent, which they do not offer.",
    sameAs: ["auth-method/missing", "auth-method/missing-singular"],
    sentence:
      "Without `token_endpoint_auth_method`, atproto servers assume a client secret. Add none, or private_key_jwt with keys.",
    bad: [atprotoExample("", ["token_endpoint_auth_method"]).replace("={", "=«{»")],
    good: [atprotoExample("")],
  }),
  serverRule({
    id: "atproto/auth-signing-alg",
    title: "Clients that sign name their algorithm, others do not",
    why: "The profile calls the member optional; the reference server wants it with private_key_jwt and refuses it with none.",
    sameAs: ["auth-signing-alg/missing", "auth-signing-alg/with-none", "auth-signing-alg/none"],
    sentence:
      "atproto servers require `token_endpoint_auth_signing_alg` with private_key_jwt, and accept it only there. Add or delete the member.",
    bad: [
      atprotoExample(
        '"token_endpoint_auth_method": «"private_key_jwt"», "jwks_uri": "https://app.acme.dev/jwks.json"',
      ),
    ],
    good: [atprotoExample("")],
  }),
  serverRule({
    id: "atproto/keys",
    title: "Clients that sign publish at least one key",
    why: "atproto servers check the signature with a key that the document names or holds.",
    sameAs: ["auth-method/private-key-jwt-no-keys", "jwks/empty"],
    sentence: "atproto servers require at least one usable key with private_key_jwt. Add a public key.",
    bad: [
      atprotoExample(
        '"token_endpoint_auth_method": "private_key_jwt", "token_endpoint_auth_signing_alg": "ES256", "jwks": {"keys": «[{"kty": "EC"}]»}',
      ),
    ],
    good: [atprotoExample("")],
  }),
  serverRule({
    id: "atproto/openid",
    title: "The scope has no openid",
    why: "An atproto server knows people by their DID and issues no ID tokens, so it grants nothing for openid.",
    sameAs: ["scope/openid"],
    sentence: "OpenID Connect does not go with atproto, so openid is never granted. Delete it from `scope`.",
    bad: [atprotoExample('"scope": «"atproto openid"»')],
    good: [atprotoExample("")],
  }),
  serverRule({
    id: "atproto/subject-type",
    title: "subject_type is public",
    why: "In atproto every client sees the same identifier of a person, the DID.",
    sameAs: ["oidc/subject-type"],
    sentence: "atproto servers know only public subjects. Set `subject_type` to public, or leave it out.",
    bad: [atprotoExample('"subject_type": «"pairwise"»')],
    good: [atprotoExample('"subject_type": "public"')],
  }),
  serverRule({
    id: "atproto/native-confidential",
    title: "Native clients do not authenticate",
    why: "The profile lets an app with a backend be a confidential client; the reference server accepts native clients only with the method none.",
    sameAs: ["auth-method/public-native"],
    sentence:
      "atproto servers accept a native client only with the method none. Use none, or make it a web client.",
    bad: [
      atprotoExample(
        '"application_type": «"native"», "token_endpoint_auth_method": "private_key_jwt", "token_endpoint_auth_signing_alg": "ES256", "jwks_uri": "https://app.acme.dev/jwks.json"',
      ),
    ],
    good: [atprotoExample("")],
  }),
  serverRule({
    id: "atproto/redirect-credentials",
    title: "Redirect URIs have no user name or password",
    why: "atproto servers refuse the document for it.",
    sameAs: ["redirect-uris/userinfo"],
    sentence: "atproto servers accept no user name or password in a redirect URI. Delete them.",
    bad: [atprotoExample('"redirect_uris": ["https://«user@»app.acme.dev/callback"]')],
    good: [atprotoExample("")],
  }),
];
