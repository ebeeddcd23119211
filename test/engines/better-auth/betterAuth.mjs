import { cimd } from "@better-auth/cimd";
import { oauthProvider } from "@better-auth/oauth-provider";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { jwt } from "better-auth/plugins";
import { answerLines, authorizationRequest } from "./node.mjs";

const ORIGIN = "https://as.better-auth.dev";

const MODELS = [
  "user",
  "session",
  "account",
  "verification",
  "jwks",
  "oauthClient",
  "oauthResource",
  "oauthClientResource",
  "oauthAccessToken",
  "oauthRefreshToken",
  "oauthConsent",
  "oauthClientAssertion",
];

/**
 * Answers as a Better Auth server in its default configuration with the plugin for client metadata documents.
 *
 * @param metadataProfile the plugin's option; undefined for its default
 */
export async function answerAsBetterAuth(metadataProfile) {
  let document;
  const database = Object.fromEntries(MODELS.map((model) => [model, []]));
  const auth = betterAuth({
    baseURL: ORIGIN,
    secret: "a secret that is long enough for a test",
    database: memoryAdapter(database),
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    plugins: [
      jwt(),
      oauthProvider({
        loginPage: "/login",
        consentPage: "/consent",
        silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
      }),
      cimd({
        ...(metadataProfile === undefined ? {} : { metadataProfile }),
        fetchClientMetadataResource: async () =>
          new Response(document, {
            headers: { "content-type": "application/json", "cache-control": "no-store" },
          }),
        metadataFetchPolicy: {
          minimumFetchInterval: 0,
          maximumFetchesPerMinute: 1e9,
          maximumFetchesPerOriginPerMinute: 1e9,
        },
      }),
    ],
  });
  const context = await auth.$context;
  const extensions = context.getPlugin("oauth-provider").options.extensions;
  const discovery = extensions.flatMap(({ clientDiscovery }) => clientDiscovery ?? [])[0];

  await answerLines(async ({ url, body, redirectUri }) => {
    document = body;
    for (const rows of Object.values(database)) rows.length = 0;
    try {
      const client = await discovery.resolve({ context }, url, null);
      if (!client) return ["refuses", "not a client identifier URL"];
    } catch (error) {
      const description = error.body?.error_description;
      if (typeof description !== "string") throw error;
      return ["refuses", description];
    }
    return redirectUri === undefined ? ["accepts"] : authorize(auth, url, redirectUri);
  });
}

async function authorize(auth, url, redirectUri) {
  const request = new URL(`${ORIGIN}/api/auth/oauth2/authorize`);
  request.search = new URLSearchParams({
    ...authorizationRequest(url, redirectUri),
    scope: "openid",
    state: "s",
  }).toString();
  const response = await auth.handler(new Request(request));
  const location = response.headers.get("location");
  if (response.status !== 302 || location === null)
    throw new Error(`Unexpected answer ${response.status}: ${await response.text()}`);
  const { pathname, searchParams } = new URL(location, ORIGIN);
  return pathname === "/login" ? ["allowed"] : ["refused", searchParams.get("error_description") ?? ""];
}
