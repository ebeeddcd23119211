import type { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { clip } from "../document/valueText.js";
import { type AuthorizationRequest, wordsOf } from "./authorizationRequest.js";
import type { Evidence } from "./profile.js";

/** One thing a server asks of an authorization request beside the redirect URI. */
type RequestConstraint = (
  request: AuthorizationRequest,
  document: ClientMetadataDocument,
) => string | undefined;

/** What is known of a server's authorization endpoint; of the other servers it is not known. */
export interface RequestProfile {
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** In the server's order. Each says, in the server's words where they are known, why it ends the request. */
  readonly constraints: readonly RequestConstraint[];
}

/** Of a request that is only known in part, absent parameters say nothing. */
const whole =
  (check: RequestConstraint): RequestConstraint =>
  (request, document) =>
    request.whole ? check(request, document) : undefined;

const redirectUri = (refusal: string) => whole((request) => (request.redirectUri ? undefined : refusal));

const responseType = (missing: string, other: (type: string) => string) =>
  whole(({ responseType: type }) => {
    if (type === undefined) return missing;
    return type === "code" ? undefined : other(type);
  });

interface PkceWords {
  readonly missing: string;
  /** Where the method is not named, which means `plain` (RFC 7636 §4.3); absent: the server takes S256 then. */
  readonly unnamed?: string;
  readonly other: (method: string) => string;
}

const pkce = ({ missing, unnamed, other }: PkceWords) =>
  whole(({ codeChallenge, codeChallengeMethod }) => {
    if (codeChallenge === undefined) return missing;
    if (codeChallengeMethod === undefined) return unnamed;
    return codeChallengeMethod === "S256" ? undefined : other(codeChallengeMethod);
  });

/** Only where the document has a `scope`: what holds without it depends on the server's configuration. */
const listedScope =
  (refusal: (scope: string) => string): RequestConstraint =>
  ({ scope }, document) => {
    const listed = document.string("scope");
    if (!listed) return undefined;
    const allowed = new Set(wordsOf(listed.value));
    const stranger = wordsOf(scope).find((word) => !allowed.has(word));
    return stranger === undefined ? undefined : refusal(clip(stranger));
  };

/** The authorization handler of the MCP Python SDK, which FastMCP uses. */
const mcpPythonSdk: readonly RequestConstraint[] = [
  responseType(
    "response_type: Field required",
    (type) => `response_type: Input should be 'code' (got ${clip(type)})`,
  ),
  pkce({
    missing: "code_challenge: Field required",
    other: (method) => `code_challenge_method: Input should be 'S256' (got ${clip(method)})`,
  }),
  listedScope((scope) => `Client was not registered with scope ${scope}`),
];

const betterAuth: RequestProfile = {
  evidence: [
    {
      what: "npm:@better-auth/oauth-provider@1.7.5 dist (authorizeEndpoint, isPKCERequired)",
      url: "https://www.npmjs.com/package/@better-auth/oauth-provider/v/1.7.5?activeTab=code",
    },
  ],
  constraints: [
    ({ prompt }) => {
      const prompts = wordsOf(prompt);
      return prompts.includes("none") && prompts.length > 1
        ? "prompt: prompt=none cannot be combined with other prompt values"
        : undefined;
    },
    whole(({ codeChallengeMethod }) =>
      codeChallengeMethod !== undefined && codeChallengeMethod !== "S256"
        ? "code_challenge_method must be one of: S256"
        : undefined,
    ),
    responseType("response_type is required", () => "unsupported response type"),
    redirectUri("invalid redirect uri"),
    whole(({ codeChallenge, codeChallengeMethod }) =>
      codeChallenge === undefined || codeChallengeMethod === undefined
        ? "pkce is required for public clients"
        : undefined,
    ),
  ],
};

/** By the server's id. */
export const REQUEST_PROFILES: ReadonlyMap<string, RequestProfile> = new Map<string, RequestProfile>([
  [
    "fastmcp",
    {
      evidence: [
        {
          what: "pypi:mcp@2.3.0 mcp/server/auth/handlers/authorize.py (AuthorizationRequest), which FastMCP 4.2.3 uses",
          url: "https://pypi.org/project/mcp/2.3.0/",
        },
      ],
      constraints: mcpPythonSdk,
    },
  ],
  [
    "fastmcp-3",
    {
      evidence: [
        {
          what: "pypi:mcp@1.30.0 mcp/server/auth/handlers/authorize.py (AuthorizationRequest), which FastMCP 3.4.11 uses",
          url: "https://pypi.org/project/mcp/1.30.0/",
        },
      ],
      constraints: mcpPythonSdk,
    },
  ],
  [
    "oidc-provider",
    {
      evidence: [
        {
          what: "npm:oidc-provider@9.13.3 lib/actions/authorization (response_parameters.js, scopes.js, sender_constraints.js, request_parameters.js)",
          url: "https://www.npmjs.com/package/oidc-provider/v/9.13.3?activeTab=code",
        },
      ],
      constraints: [
        whole(({ repeated }) =>
          repeated.length > 0
            ? `'${clip(repeated[0] ?? "")}' parameter must not be provided twice`
            : undefined,
        ),
        responseType(
          "missing required parameter 'response_type'",
          () => "unsupported response_type requested",
        ),
        whole(({ codeChallenge, codeChallengeMethod }, document) => {
          if (codeChallenge === undefined) {
            return document.string("token_endpoint_auth_method")?.value === "none"
              ? "Authorization Server policy requires PKCE to be used for this request"
              : undefined;
          }
          if (codeChallengeMethod === undefined) return "code_challenge_method must be provided";
          return codeChallengeMethod === "S256" ? undefined : "not supported value of code_challenge_method";
        }),
        ({ prompt }) => {
          const prompts = wordsOf(prompt);
          return prompts.includes("none") && prompts.length > 1
            ? "prompt none must only be used alone"
            : undefined;
        },
        // Scopes that the server does not know are ignored; openid is one that it always knows.
        ({ scope }, document) => {
          const listed = document.string("scope");
          return listed && wordsOf(scope).includes("openid") && !wordsOf(listed.value).includes("openid")
            ? "requested scope is not allowed (openid)"
            : undefined;
        },
      ],
    },
  ],
  ["better-auth", betterAuth],
  ["better-auth-mcp", betterAuth],
  [
    "cloudflare-workers-oauth-provider",
    {
      evidence: [
        {
          what: "npm:@cloudflare/workers-oauth-provider@1.2.3 dist/oauth-provider.js (parseAuthRequest, validateAuthorizationPkce)",
          url: "https://www.npmjs.com/package/@cloudflare/workers-oauth-provider/v/1.2.3?activeTab=code",
        },
      ],
      constraints: [
        redirectUri("Invalid redirect URI"),
        responseType(
          "response_type is required",
          (type) => `The authorization server does not support response_type ${clip(type)}`,
        ),
        whole(({ codeChallenge, codeChallengeMethod }, document) => {
          const method = document.string("token_endpoint_auth_method")?.value ?? "none";
          if (codeChallenge === undefined)
            return method === "none"
              ? "Public clients must use PKCE with the authorization code flow."
              : undefined;
          return codeChallengeMethod === "S256"
            ? undefined
            : "The plain PKCE method is not allowed. Use S256 instead.";
        }),
      ],
    },
  ],
  [
    "atproto",
    {
      evidence: [
        {
          what: "npm:@atproto/oauth-provider@0.22.9 dist/request/request-manager.js (validate)",
          url: "https://www.npmjs.com/package/@atproto/oauth-provider/v/0.22.9?activeTab=code",
        },
      ],
      constraints: [
        responseType("Required (response_type)", (type) => `Unsupported response_type "${clip(type)}"`),
        redirectUri('Missing "redirect_uri"'),
        pkce({
          missing: "Use of PKCE is required",
          unnamed: 'atproto requires use of "S256" code_challenge_method',
          other: () => 'atproto requires use of "S256" code_challenge_method',
        }),
        whole(({ scope }) =>
          wordsOf(scope).includes("atproto") ? undefined : 'The "atproto" scope is required',
        ),
        ({ scope }) =>
          wordsOf(scope).includes("openid") ? "OpenID Connect is not compatible with atproto" : undefined,
        ({ prompt }, document) =>
          prompt === "none" && document.string("token_endpoint_auth_method")?.value === "none"
            ? "Public clients are not allowed to use silent-sign-on"
            : undefined,
      ],
    },
  ],
  [
    "mcp-oauth-server",
    {
      evidence: [
        {
          what: "npm:mcp-oauth-server@1.0.0 dist/handlers/authorize.js",
          url: "https://www.npmjs.com/package/mcp-oauth-server/v/1.0.0?activeTab=code",
        },
      ],
      constraints: [
        responseType(
          "response_type: expected code",
          (type) => `response_type: expected code (got ${clip(type)})`,
        ),
        pkce({
          missing: "code_challenge: expected a string",
          unnamed: "code_challenge_method: expected S256",
          other: (method) => `code_challenge_method: expected S256 (got ${clip(method)})`,
        }),
      ],
    },
  ],
  [
    "fastmcp-ts",
    {
      evidence: [
        {
          what: "npm:fastmcp@4.20.16 dist (OAuthProxy.authorize)",
          url: "https://www.npmjs.com/package/fastmcp/v/4.20.16?activeTab=code",
        },
      ],
      constraints: [
        redirectUri("Missing required parameters"),
        responseType("Missing required parameters", () => "Only 'code' response type is supported"),
        pkce({
          missing: "code_challenge is required for Client ID Metadata Document clients",
          unnamed: "code_challenge_method required when code_challenge is present",
          other: () => "code_challenge_method must be S256 for Client ID Metadata Document clients",
        }),
      ],
    },
  ],
  [
    "directus",
    {
      evidence: [
        {
          what: "npm:@directus/api@39.2.1 dist/services/mcp-oauth/index.js (validateAuthorization)",
          url: "https://www.npmjs.com/package/@directus/api/v/39.2.1?activeTab=code",
        },
      ],
      constraints: [
        redirectUri("redirect_uri is required"),
        responseType("response_type is required", () => "Only response_type code is supported"),
        whole(({ codeChallenge }) =>
          codeChallenge !== undefined && !S256_CHALLENGE.test(codeChallenge)
            ? "code_challenge must be a valid S256 challenge"
            : undefined,
        ),
        pkce({
          missing: "code_challenge is required",
          unnamed: "code_challenge_method must be S256",
          other: () => "code_challenge_method must be S256",
        }),
        ({ scope }) => {
          const scopes = wordsOf(scope);
          return scopes.length > 0 && !scopes.includes("mcp:access")
            ? "Scope must include mcp:access"
            : undefined;
        },
      ],
    },
  ],
  [
    "backstage",
    {
      evidence: [
        {
          what: "npm:@backstage/plugin-auth-backend@0.31.0 dist/service/OidcService.cjs.js (createAuthorizationSession)",
          url: "https://www.npmjs.com/package/@backstage/plugin-auth-backend/v/0.31.0?activeTab=code",
        },
      ],
      constraints: [
        responseType(
          "Only authorization code flow is supported",
          () => "Only authorization code flow is supported",
        ),
        pkce({
          missing: "PKCE is required for all clients. Provide a code_challenge parameter.",
          unnamed: "Invalid code_challenge_method",
          other: () => "Invalid code_challenge_method",
        }),
      ],
    },
  ],
]);

/** The base64url form of a SHA-256 (RFC 7636 §4.2). */
export const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
