import { onMembers } from "./behaviours/constraintKinds.js";
import { methodRule } from "./behaviours/documentConstraints.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import { commonUrlConstraints, urlConstraint } from "./behaviours/urlConstraints.js";
import type { Constraint, ServerProfile } from "./profile.js";

const MIN_URL_LENGTH = 12;
const MAX_URL_LENGTH = 256;
const PUBLIC_ONLY =
  "the document's token_endpoint_auth_method value must support none; private_key_jwt and shared secrets are not supported";

const CONSTRAINTS: readonly Constraint[] = [
  ...commonUrlConstraints({ https: "a client identifies itself with an https URL" }),
  urlConstraint(
    "url-length",
    "client-id/length",
    `a metadata URL has ${MIN_URL_LENGTH} to ${MAX_URL_LENGTH} characters`,
    (_parts, url) => url.length < MIN_URL_LENGTH || url.length > MAX_URL_LENGTH,
  ),
  onMembers({ id: "public-client", rule: "auth-method/unknown" }, (members, report) => {
    const method = members["token_endpoint_auth_method"];
    const others = members["token_endpoint_auth_methods_supported"];
    // A document that offers none beside another method may "support" it: the documentation does not say how it is read.
    if (method === undefined || method === "none" || (Array.isArray(others) && others.includes("none")))
      return;
    report(PUBLIC_ONLY, "/token_endpoint_auth_method", methodRule(method));
  }),
  operatorAllowlist(
    "the client is accepted only when its URL matches one of the URL patterns of the user pool's policy",
  ),
];

/** Amazon Cognito user pools with a CIMD policy whose URL patterns let the client in, from their documentation. */
export const cognito: ServerProfile = {
  id: "cognito",
  name: "Amazon Cognito",
  version: "docs of 2026-09",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: true,
    source:
      "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-client-id-metadata.html",
    date: "2026-12-01",
  },
  evidence: [
    {
      what: "Amazon Cognito Developer Guide, Client ID metadata documents (CIMD)",
      url: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-client-id-metadata.html",
    },
    {
      what: "Amazon Cognito API Reference, CreateCIMDPolicy (cache) and ClientMetadataURLType (length of the URL)",
      url: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateCIMDPolicy.html",
    },
  ],
  notExecuted: "closed",
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: {
    minimum: 86_400,
    fallback: 86_400,
    maximum: 31_556_952,
    honours: ["max-age"],
    stale: "unknown",
  },
  consent: undefined,
};
