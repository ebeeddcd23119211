import { jsonPointer } from "../document/jsonPointer.js";
import { onMembers } from "./behaviours/constraintKinds.js";
import {
  jsonObject,
  noClientSecret,
  noSharedSecretMethod,
  sameClientId,
} from "./behaviours/documentConstraints.js";
import { comparedAsStrings } from "./behaviours/entryOutcomes.js";
import { isObject } from "./behaviours/jsonBody.js";
import { typeRule } from "./behaviours/memberRules.js";
import { dotSegmentRule, urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
const STRINGS = ["scope", "client_name", "client_uri", "logo_uri", "jwks_uri", "token_endpoint_auth_method"];
const LISTS = ["grant_types", "response_types", "contacts"];
const REDIRECTING: ReadonlySet<unknown> = new Set(["authorization_code", "implicit", ""]);

const exact = comparedAsStrings("redirect_uri mismatch");

const CONSTRAINTS: readonly Constraint[] = [
  urlConstraint("url-https", "client-id/https", "not_https", ({ scheme, host }) =>
    host ? scheme?.toLowerCase() !== "https" : "client-id/absolute-url",
  ),
  urlConstraint("url-path", "client-id/path-required", "no_path", ({ path }) =>
    path === "/" ? "client-id/root-path" : path === "",
  ),
  urlConstraint(
    "url-fragment",
    "client-id/fragment",
    "has_fragment",
    ({ fragment }) => fragment !== undefined,
  ),
  urlConstraint(
    "url-userinfo",
    "client-id/userinfo",
    "has_userinfo",
    ({ userinfo }) => userinfo !== undefined,
  ),
  urlConstraint("url-dot-segments", "client-id/dot-segment", "dot_segments", ({ path }) =>
    dotSegmentRule(path, false),
  ),
  ...jsonObject("the document is no JSON object", "the document is no JSON object"),
  sameClientId(() => "client_id_mismatch"),
  noClientSecret("symmetric_secret"),
  noSharedSecretMethod(() => "symmetric_auth_method"),
  onMembers({ id: "keys", rule: "jwks/shape" }, ({ jwks }, report) => {
    if (jwks === undefined) return;
    const keys = isObject(jwks) ? jwks["keys"] : undefined;
    if (!Array.isArray(keys)) return report("invalid_metadata", "/jwks");
    for (const [index, key] of keys.entries()) {
      const pointer = jsonPointer("jwks", "keys", index);
      if (!isObject(key)) report("invalid_metadata", pointer);
      else if (key["kty"] === "oct") report("private_key_material", pointer, "jwks/symmetric-key");
      else if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(key, name)))
        report("private_key_material", pointer, "jwks/private-key");
    }
  }),
  onMembers({ id: "redirect-uris", rule: "redirect-uris/missing" }, (members, report) => {
    const { redirect_uris: uris, grant_types: grants } = members;
    const message = "invalid_redirect_uris";
    if (Array.isArray(uris) && uris.length > 0) {
      const index = uris.findIndex((uri) => typeof uri !== "string");
      if (index >= 0) report(message, jsonPointer("redirect_uris", index), "redirect-uris/type");
      return;
    }
    if (uris !== undefined && uris !== null && !Array.isArray(uris))
      return report(message, "/redirect_uris", "redirect-uris/type");
    const free =
      Array.isArray(grants) &&
      grants.length > 0 &&
      grants.every((grant) => typeof grant === "string" && !REDIRECTING.has(grant));
    if (free) return;
    if (Array.isArray(uris)) report(message, "/redirect_uris", "redirect-uris/empty");
    else report(message);
  }),
  onMembers({ id: "member-types", rule: "document/wrong-type" }, (members, report) => {
    for (const name of [...STRINGS, ...LISTS]) {
      const value = members[name] ?? undefined;
      if (value === undefined || (typeof value === "string" && STRINGS.includes(name))) continue;
      const list = LISTS.includes(name) && Array.isArray(value);
      const index = list ? value.findIndex((item) => typeof item !== "string") : -1;
      if (!list) report("invalid_metadata", jsonPointer(name), typeRule(name, value));
      else if (index >= 0) report("invalid_metadata", jsonPointer(name, index), typeRule(name, value[index]));
    }
  }),
];

/**
 * Attesto, an Elixir library: the half that looks at URL and document, and how it compares redirect URIs by default. Fetching,
 * and what it calls an ambiguous redirect URI, were not read.
 */
export const attesto: ServerProfile = {
  id: "attesto",
  name: "Attesto",
  version: "main, 2026 (draft-02)",
  kind: "authorization-server-library",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [
    {
      what: "XukuLLC/attesto lib/attesto/client_id_metadata.ex @55d6379a031d",
      url: "https://github.com/XukuLLC/attesto/blob/55d6379a031d9c278a4394cecd9aac52d5cd540a/lib/attesto/client_id_metadata.ex",
    },
    {
      what: "XukuLLC/attesto lib/attesto/redirect_uri.ex @028a9d6ad82d",
      url: "https://github.com/XukuLLC/attesto/blob/028a9d6ad82d/lib/attesto/redirect_uri.ex",
    },
  ],
  notExecuted: "other-toolchain",
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: {
    ...exact,
    entryOutcome(entry, context) {
      const known = exact.entryOutcome?.(entry, context);
      return !known || known.outcome === "works" ? { outcome: "unknown" } : known;
    },
  },
  cache: undefined,
  consent: undefined,
};
