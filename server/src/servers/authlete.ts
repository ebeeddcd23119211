import { noClientSecret, noSharedSecretMethod, sameClientId } from "./behaviours/documentConstraints.js";
import { commonUrlConstraints } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const NO_SECRETS = "client secrets and authentication methods with a shared secret are prohibited";

const CONSTRAINTS: readonly Constraint[] = [
  ...commonUrlConstraints({
    https: "the https scheme is required, unless cimdHttpPermitted is set",
    path: "the URL must have a path component",
    dotSegments: "the path must not contain a . or .. segment",
    fragment: "the URL must not have a fragment",
    userinfo: "the URL must not have a user name or password",
    query: "the URL must not have a query component, unless cimdQueryPermitted is set",
  }),
  sameClientId(() => "the document's client_id must equal the URL it was fetched from"),
  noSharedSecretMethod(() => NO_SECRETS),
  noClientSecret(NO_SECRETS),
];

/** Authlete with CIMD switched on for a service, from the comments of its library and what others quote of its documentation. */
export const authlete: ServerProfile = {
  id: "authlete",
  name: "Authlete",
  version: "3.0.29 (authlete-java-common, 2026-06-15)",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  evidence: [
    {
      what: "authlete/authlete-java-common src/main/java/com/authlete/common/dto/Service.java, CimdOptions.java @439ee13bd1d7",
      url: "https://github.com/authlete/authlete-java-common/blob/439ee13bd1d7c610273805a6f6bbea6fd3262018/src/main/java/com/authlete/common/dto/Service.java",
    },
    {
      what: "Authlete, OAuth Client ID Metadata Document (CIMD), as consulted 2026-09-08",
      url: "https://developers.authlete.com/protocols-and-flows/protocol-extensions/oauth-client-id-metadata-document-cimd",
    },
  ],
  notExecuted: "closed",
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: {
    maximum: 86_400,
    honours: ["max-age", "s-maxage", "no-store", "no-cache", "expires", "age"],
    stale: "unknown",
  },
  consent: undefined,
};
