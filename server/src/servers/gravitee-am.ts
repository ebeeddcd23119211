import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { jsonPointer } from "../document/jsonPointer.js";
import { memoize } from "../document/memoize.js";
import { describeValue } from "../document/valueText.js";
import { hostKind } from "../uri/host.js";
import { splitUri } from "../uri/splitUri.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import {
  jsonObject,
  noClientSecret,
  noSharedSecretMethod,
  redirectList,
  sizeLimit,
} from "./behaviours/documentConstraints.js";
import { comparedAsStrings } from "./behaviours/entryOutcomes.js";
import { javaUri } from "./behaviours/javaUri.js";
import { isObject } from "./behaviours/jsonBody.js";
import { typeRule } from "./behaviours/memberRules.js";
import { urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const MAX_BYTES = 10 * 1024;
const LISTS = [
  "redirect_uris",
  "grant_types",
  "response_types",
  "post_logout_redirect_uris",
  "contacts",
  "request_uris",
];

/** `ClientIds.canonicalize`: scheme and host in lower case, user name and fragment dropped. */
function canonical(clientId: string): string {
  const { scheme, host, port, path, query } = splitUri(clientId);
  if (host === undefined || !/^https?$/i.test(scheme ?? "")) return clientId;
  return (
    `${scheme}://${host}`.toLowerCase() +
    (port ? `:${port}` : "") +
    path +
    (query === undefined ? "" : `?${query}`)
  );
}

/** Whether `UriBuilder.isPrivateOrReservedIpLiteral` keeps away from a host. */
function isReserved(host: string | undefined): boolean {
  const kind = hostKind(host ?? "");
  return host?.toLowerCase() === "localhost" || kind === "special-use-address";
}

/** The document as Vert.x reads it, which looks past comments. */
const withoutComments = memoize((document: ClientMetadataDocument): ClientMetadataDocument => {
  const comments = document.faults.filter(({ kind }) => kind === "comment");
  if (comments.length === 0) return document;
  let text = "";
  let copied = 0;
  for (const { offset, end } of comments) {
    text += `${document.text.slice(copied, offset)} `;
    copied = end;
  }
  text += document.text.slice(copied);
  return new ClientMetadataDocument(text, { url: document.servedFrom });
});

/** A constraint on the body as Vert.x reads it. */
function onBody(one: Constraint): Constraint {
  return { ...one, check: (document, report) => one.check(withoutComments(document), report) };
}

const ON_URL: readonly Constraint[] = [
  urlConstraint("url-https", "client-id/https", "Unsecured HTTP client_id is not allowed.", ({ scheme }) => {
    return scheme?.toLowerCase() !== "https";
  }),
  urlConstraint("url-host", "client-id/absolute-url", "client_id host is missing.", ({ host }, url) => {
    if (!host) return true;
    // Java finds no host in a name with an underscore, or with letters beyond ASCII.
    return javaUri(url)?.host === undefined ? "client-id/raw-host" : false;
  }),
  urlConstraint(
    "url-address",
    "client-id/special-use-host",
    "client_id resolves to a private or reserved IP address.",
    ({ host }) => isReserved(host),
  ),
  sizeLimit(MAX_BYTES, () => "Client metadata response exceeds configured max size."),
];

const BOM = { bom: "strip" } as const;

const ON_BODY: readonly Constraint[] = [
  ...jsonObject(
    "Client metadata response is not valid JSON.",
    "Client metadata response is not valid JSON.",
    BOM,
  ),
  onMembers(
    { id: "client-id-equal", rule: "client-id/url-mismatch", ...BOM },
    (members, report, document) => {
      const id = members["client_id"] ?? undefined;
      const message = "client_id in metadata does not match requested client_id.";
      if (id === undefined) report(message, undefined, "client-id/missing");
      else if (canonical(describeValue(id, { quotes: false })) !== canonical(document.url ?? ""))
        report(message, "/client_id");
    },
  ),
  redirectList("Missing or invalid redirect_uris.", BOM),
  onMembers({ id: "lists", rule: "document/wrong-type", ...BOM }, (members, report) => {
    for (const name of LISTS) {
      const list = members[name];
      if (list === undefined || (name === "redirect_uris" && !Array.isArray(list))) continue;
      const message = `Invalid ${name}.`;
      if (!Array.isArray(list)) report(message, jsonPointer(name), typeRule(name, list));
      else {
        const index = list.findIndex((item) => typeof item !== "string" || item.trim() === "");
        if (index >= 0) report(message, jsonPointer(name, index), typeRule(name, list[index]));
      }
    }
  }),
  noSharedSecretMethod(() => "Secret-based token_endpoint_auth_method is not allowed for CIMD clients.", BOM),
  onMembers({ id: "auth-method-null", rule: "document/null-value", ...BOM }, (members, report) => {
    if (members["token_endpoint_auth_method"] === null)
      report("java.lang.NullPointerException", "/token_endpoint_auth_method");
  }),
  noClientSecret("client_secret metadata is not allowed for CIMD clients.", BOM),
  onMembers({ id: "keys", rule: "auth-method/private-key-jwt-no-keys", ...BOM }, (members, report) => {
    const { jwks, jwks_uri: uri, token_endpoint_auth_method: method } = members;
    if (jwks !== undefined && !isObject(jwks)) report("jwks must be a JSON object.", "/jwks", "jwks/shape");
    else if (isObject(jwks) && !Array.isArray(jwks["keys"]))
      report("Unable to parse jwks content.", "/jwks", "jwks/shape");
    else if (
      method === "private_key_jwt" &&
      !isObject(jwks) &&
      !describeValue(uri ?? "", { quotes: false }).trim()
    )
      report("private_key_jwt requires jwks or jwks_uri.", "/token_endpoint_auth_method");
  }),
  onMembers({ id: "jwks-uri", rule: "jwks-uri/https", ...BOM }, ({ jwks_uri: uri }, report) => {
    const text = describeValue(uri ?? "", { quotes: false });
    if (text.trim() === "") return;
    const { scheme, host } = splitUri(text);
    if (scheme?.toLowerCase() === "http") report("Unsecured HTTP jwks_uri is not allowed.", "/jwks_uri");
    else if (scheme?.toLowerCase() !== "https" || !host) report("jwks_uri is not a valid URL.", "/jwks_uri");
    else if (isReserved(host))
      report("jwks_uri resolves to a private or reserved IP address.", "/jwks_uri", "jwks-uri/special-use");
  }),
];

/**
 * Gravitee Access Management, whose gateway is in no package registry, with CIMD switched on for a security domain. The template application that the operator
 * chooses limits grants, response types and scopes, so a sign-in can fail for what it lacks. The port of a loopback
 * redirect counts unless the domain allows localhost redirects, which it does not by default.
 */
export const graviteeAm: ServerProfile = {
  id: "gravitee-am",
  name: "Gravitee Access Management",
  version: "4.13.0-alpha.4 (2026-08-21)",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "gravitee-io/gravitee-access-management …/gateway/handler/common/client/cimd/impl/CimdMetadataServiceImpl.java, CimdUriTrustValidator.java @35b314b2c39c",
      url: "https://github.com/gravitee-io/gravitee-access-management/blob/35b314b2c39c3c5584d456bb4360565fe8d42d7e/gravitee-am-gateway/gravitee-am-gateway-handler/gravitee-am-gateway-handler-common/src/main/java/io/gravitee/am/gateway/handler/common/client/cimd/impl/CimdMetadataServiceImpl.java",
    },
    {
      what: "gravitee-io/gravitee-access-management …/am/model/oidc/CIMDSettings.java, am/common/oauth2/ClientIds.java @35b314b2c39c (defaults, comparison)",
      url: "https://github.com/gravitee-io/gravitee-access-management/blob/35b314b2c39c3c5584d456bb4360565fe8d42d7e/gravitee-am-model/src/main/java/io/gravitee/am/model/oidc/CIMDSettings.java",
    },
    {
      what: "gravitee-io/gravitee-access-management …/root/resources/handler/common/RedirectUriValidationHandler.java @35b314b2c39c",
      url: "https://github.com/gravitee-io/gravitee-access-management/blob/35b314b2c39c3c5584d456bb4360565fe8d42d7e/gravitee-am-gateway/gravitee-am-gateway-handler/gravitee-am-gateway-handler-core/src/main/java/io/gravitee/am/gateway/handler/root/resources/handler/common/RedirectUriValidationHandler.java",
    },
  ],
  readCompletely: ["fetch", "document"],
  constraints: [...ON_URL, ...ON_BODY.map(onBody)],
  redirects: comparedAsStrings(
    "The redirect_uri MUST match the registered callback URL for this application",
  ),
  cache: { fallback: 86_400, maximum: 86_400, honours: ["max-age", "no-store"], stale: "refused" },
  consent: {
    shows: ["client-name", "client-id-host", "logo", "scopes"],
    note: "The host of client_id is shown as verified; the logo comes through the server.",
  },
};
