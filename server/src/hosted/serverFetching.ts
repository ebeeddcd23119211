import type { Evidence } from "../servers/profile.js";

/** How one authorization server fetches a document; what was not read is absent. */
export interface FetchBehaviour {
  /** The largest decoded body it takes, in bytes. */
  readonly maxBytes?: number;
  /** How long it waits, in milliseconds. */
  readonly timeoutMs?: number;
  readonly redirects?: "refused" | "followed";
  /** `200`: exactly 200. `2xx`: any success. */
  readonly status?: "200" | "2xx";
  /** `any`: not looked at. `json`: application/json only. `json-suffix`: also application/<something>+json. */
  readonly contentType?: "any" | "json" | "json-suffix" | "contains-json";
  /** Only `charset=utf-8` or no charset at all. */
  readonly utf8CharsetOnly?: boolean;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

function github(repo: string, path: string, commit: string): Evidence {
  return {
    what: `github:${repo} ${path} @${commit.slice(0, 12)}`,
    url: `https://github.com/${repo}/blob/${commit}/${path}`,
  };
}

function npm(name: string, version: string, path: string): Evidence {
  return {
    what: `npm:${name}@${version} ${path}`,
    url: `https://www.npmjs.com/package/${name}/v/${version}`,
  };
}

function pypi(name: string, version: string, path: string): Evidence {
  return { what: `pypi:${name}@${version} ${path}`, url: `https://pypi.org/project/${name}/${version}/` };
}

const FASTMCP: FetchBehaviour = {
  maxBytes: 5120,
  timeoutMs: 10_000,
  redirects: "refused",
  status: "200",
  contentType: "any",
  evidence: [
    github(
      "PrefectHQ/fastmcp",
      "fastmcp_slim/fastmcp/server/auth/ssrf.py",
      "743ddffd0a0722858a1eec6ebf93b9e315d75b96",
    ),
  ],
};

const BETTER_AUTH: FetchBehaviour = {
  maxBytes: 5120,
  timeoutMs: 5000,
  redirects: "refused",
  status: "200",
  contentType: "json-suffix",
  evidence: [npm("@better-auth/cimd", "1.7.0-rc.4", "dist/index.mjs")],
};

/**
 * Facts about the fetch stage, by server id. They were read in the source named in `evidence`; a server that is not here
 * has no known fetch behaviour and gets no fetch reason.
 */
export const SERVER_FETCHING: Readonly<Record<string, FetchBehaviour>> = {
  fastmcp: FASTMCP,
  "fastmcp-3": FASTMCP,
  "oidc-provider": {
    maxBytes: 5120,
    timeoutMs: 2500,
    redirects: "refused",
    status: "200",
    contentType: "any",
    evidence: [npm("oidc-provider", "9.13.3", "lib/helpers/client_id_metadata_document.js")],
  },
  keycloak: {
    maxBytes: 5000,
    status: "200",
    contentType: "any",
    evidence: [
      github(
        "keycloak/keycloak",
        "services/src/main/java/org/keycloak/protocol/oauth2/cimd/clientpolicy/executor/AbstractClientIdMetadataDocumentExecutor.java",
        "0c5f679ddedba7d2f9270a202f41b19699b7b7d4",
      ),
    ],
  },
  "better-auth": BETTER_AUTH,
  "better-auth-mcp": BETTER_AUTH,
  "cloudflare-workers-oauth-provider": {
    maxBytes: 5120,
    timeoutMs: 10_000,
    redirects: "followed",
    status: "2xx",
    contentType: "any",
    evidence: [npm("@cloudflare/workers-oauth-provider", "1.2.3", "dist/oauth-provider.js")],
  },
  atproto: {
    maxBytes: 524_288,
    timeoutMs: 10_000,
    redirects: "refused",
    status: "2xx",
    contentType: "json",
    evidence: [
      npm("@atproto/oauth-provider", "0.22.9", "dist/client/client-manager.js"),
      {
        what: "npm:@atproto-labs/fetch-node dist/safe.js (as installed by @atproto/oauth-provider@0.22.9)",
        url: "https://www.npmjs.com/package/@atproto-labs/fetch-node",
      },
    ],
  },
  "django-oauth-toolkit": {
    maxBytes: 16_384,
    timeoutMs: 5000,
    redirects: "refused",
    status: "200",
    contentType: "json-suffix",
    evidence: [
      github(
        "django-oauth/django-oauth-toolkit",
        "oauth2_provider/core/safe_fetch.py",
        "0f9d49f4abe00bc5c605ed52cf42cd96a3ed2ae2",
      ),
    ],
  },
  "django-allauth": {
    maxBytes: 2048,
    timeoutMs: 1000,
    redirects: "refused",
    status: "200",
    contentType: "any",
    evidence: [pypi("django-allauth", "65.22.1", "allauth/idp/oidc/internal/cimd.py")],
  },
  nanoidp: {
    maxBytes: 5120,
    timeoutMs: 5000,
    redirects: "refused",
    status: "200",
    contentType: "json-suffix",
    evidence: [pypi("nanoidp", "3.4.0", "nanoidp/services/client_metadata_fetch.py")],
  },
  posthog: {
    maxBytes: 5120,
    timeoutMs: 5000,
    redirects: "refused",
    status: "200",
    contentType: "any",
    evidence: [
      github("PostHog/posthog", "posthog/api/oauth/cimd.py", "0150f8fc3124a6355f33f6e488ee9f938abca669"),
    ],
  },
  vitemcp: {
    maxBytes: 65_536,
    timeoutMs: 5000,
    redirects: "refused",
    status: "2xx",
    contentType: "any",
    evidence: [
      github("vitemcp/server", "src/auth/clientIdMetadata.ts", "16073c7cefe8fc586922d1af73423026a921c3fb"),
    ],
  },
  "altinity-mcp": {
    maxBytes: 5120,
    timeoutMs: 3000,
    redirects: "refused",
    status: "200",
    contentType: "json",
    evidence: [
      github("Altinity/altinity-mcp", "cmd/altinity-mcp/cimd.go", "e313d3c70115b5b65311c59bae9b4600e5b8c8ca"),
    ],
  },
  "giantswarm-mcp-oauth": {
    maxBytes: 1_048_576,
    timeoutMs: 10_000,
    redirects: "refused",
    status: "200",
    contentType: "json",
    utf8CharsetOnly: true,
    evidence: [github("giantswarm/mcp-oauth", "server/cimd.go", "f535f92b390a13fa3f4727f2623fa47a8290783b")],
  },
  "tableau-mcp": {
    maxBytes: 5120,
    timeoutMs: 5000,
    redirects: "followed",
    status: "2xx",
    contentType: "json",
    evidence: [
      github(
        "tableau/tableau-mcp",
        "src/server/oauth/authorize.ts",
        "c5e4bb24d02e8d1072fa54df6bec694be9ad857d",
      ),
    ],
  },
  backstage: {
    timeoutMs: 10_000,
    redirects: "followed",
    status: "2xx",
    contentType: "any",
    evidence: [
      github(
        "backstage/backstage",
        "plugins/auth-backend/src/service/CimdClient.ts",
        "161a0848665609581145eeac7f62f377d00dcedd",
      ),
    ],
  },
  "aws-sample-cimd-cognito": {
    redirects: "refused",
    status: "200",
    contentType: "contains-json",
    evidence: [
      github(
        "aws-samples/sample-serverless-architecture-cimd-with-cognito",
        "lambdas/registrar/fetcher.py",
        "e03c2ecebdf159b75b8cfede464a801a2cd92028",
      ),
    ],
  },
  auth0: {
    maxBytes: 5120,
    redirects: "refused",
    evidence: [
      github(
        "auth0/docs-v2",
        "main/docs/get-started/auth0-overview/create-applications/cimd-validation-rules.mdx",
        "8010281868113037bea4633b33a05519ea55502e",
      ),
    ],
  },
  "cimd-reader": {
    maxBytes: 262_144,
    timeoutMs: 5000,
    redirects: "followed",
    status: "200",
    contentType: "any",
    evidence: [
      github(
        "AkxenTech/cimd-reader",
        "lib/oauth/cimd-validator.ts",
        "e0f6e0b36c9aaf576bed2426ffcef7031de3e451",
      ),
    ],
  },
};
