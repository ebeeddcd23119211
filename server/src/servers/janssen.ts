import { hostKind } from "../uri/host.js";
import { jsonObject, noSharedSecretMethod, sizeLimit } from "./behaviours/documentConstraints.js";
import { commonUrlConstraints, urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const MAX_BYTES = 65_536;

const CONSTRAINTS: readonly Constraint[] = [
  ...commonUrlConstraints({ https: "cimdSchemeAllowlist allows https only" }),
  urlConstraint(
    "url-address",
    "client-id/special-use-host",
    "client_id URLs that resolve to private or loopback IP addresses are blocked",
    ({ host }) => {
      const kind = hostKind(host ?? "");
      return kind === "special-use-address" || kind === "localhost";
    },
  ),
  sizeLimit(MAX_BYTES, () => `a fetched metadata document may have at most ${MAX_BYTES} bytes`),
  ...jsonObject("the metadata document must be valid JSON", "the metadata document must be valid JSON", {
    bom: "strip-twice",
  }),
  noSharedSecretMethod(
    (method) => `${method} requires a shared symmetric secret: rejected with 400 Bad Request`,
    { bom: "strip-twice" },
  ),
];

/**
 * Janssen, from its documentation. What it requires of redirect URIs and grant types is not in it, and its own example has
 * no client_id. Scripts of the operator's may refuse a client too.
 */
export const janssen: ServerProfile = {
  id: "janssen",
  name: "Janssen Auth Server",
  version: "docs of 2.4.0",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  evidence: [
    {
      what: "JanssenProject/jans docs/janssen-server/auth-server/oauth-features/cimd.md @015159ebdc71",
      url: "https://github.com/JanssenProject/jans/blob/015159ebdc71a608dfe39fec4b400922b202a1b2/docs/janssen-server/auth-server/oauth-features/cimd.md",
    },
  ],
  notExecuted: "not-served",
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: { fallback: 3600, maximum: 86_400, honours: ["max-age"], stale: "unknown" },
  consent: undefined,
};
