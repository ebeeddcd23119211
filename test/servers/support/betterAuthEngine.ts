import { cimd } from "@better-auth/cimd";
import { oauthProvider } from "@better-auth/oauth-provider";
import { type BetterAuthPlugin, betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { jwt } from "better-auth/plugins";
import { NOT_A_DOCUMENT_URL } from "../../../server/src/servers/better-auth/clientIdUrl.js";
import type { EngineAnswer } from "./engineAnswer.js";

/** Where the server runs. */
export const BETTER_AUTH_ORIGIN = "https://as.better-auth.dev";

/**
 * A real Better Auth server in its default configuration, with CIMD on and no network: every fetch is answered with the
 * document in hand.
 */
export class BetterAuthEngine {
  #body = "";
  #fetched = false;
  readonly #db: Record<string, Record<string, unknown>[]> = {};
  readonly #auth;
  readonly #context;

  /** @param profile the plugin's `metadataProfile`, or nothing */
  constructor(profile?: "mcp-2026-07-28") {
    for (const model of MODELS) this.#db[model] = [];
    this.#auth = betterAuth({
      baseURL: BETTER_AUTH_ORIGIN,
      secret: "a secret that is long enough for a test",
      database: memoryAdapter(this.#db),
      logger: { disabled: true },
      telemetry: { enabled: false },
      rateLimit: { enabled: false },
      plugins: [
        jwt(),
        // Its type and better-auth's disagree about optional properties.
        oauthProvider({
          loginPage: "/login",
          consentPage: "/consent",
          silenceWarnings: SILENT,
        }) as unknown as BetterAuthPlugin,
        cimd({
          ...(profile === undefined ? {} : { metadataProfile: profile }),
          fetchClientMetadataResource: async () => {
            this.#fetched = true;
            return new Response(this.#body, {
              headers: { "content-type": "application/json", "cache-control": "no-store" },
            });
          },
          metadataFetchPolicy: {
            minimumFetchInterval: 0,
            maximumFetchesPerMinute: 1e9,
            maximumFetchesPerOriginPerMinute: 1e9,
          },
        }),
      ],
    });
    this.#context = this.#auth.$context;
  }

  /** Runs the plugin's discovery: URL check, fetch, validation and registration. */
  async load(url: string, body: string): Promise<EngineAnswer> {
    this.#prepare(body);
    const context = await this.#context;
    const provider = context.getPlugin("oauth-provider");
    const discovery = provider?.options.extensions?.flatMap(
      ({ clientDiscovery }) => clientDiscovery ?? [],
    )[0];
    if (!discovery) throw new Error("The CIMD plugin is not installed.");
    try {
      const client = await discovery.resolve({ context } as never, url, null);
      if (!client) return { loads: false, words: NOT_A_DOCUMENT_URL };
      if (!this.#fetched) throw new Error("A client came from somewhere else than the document.");
      return { loads: true };
    } catch (error) {
      const description = (error as { body?: { error_description?: unknown } }).body?.error_description;
      if (typeof description !== "string") throw error;
      return { loads: false, words: description };
    }
  }

  /**
   * Sends an authorization request through the whole server.
   *
   * @returns the path of the page the browser is sent to, and the error it is told
   */
  async authorize(
    url: string,
    body: string,
    redirectUri: string,
  ): Promise<{ allowed: boolean; error: string | null }> {
    return this.ask(
      body,
      new URLSearchParams({
        client_id: url,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: "openid",
        state: "s",
        code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        code_challenge_method: "S256",
      }),
    );
  }

  /** Sends an authorization request with these parameters. */
  async ask(body: string, query: URLSearchParams): Promise<{ allowed: boolean; error: string | null }> {
    this.#prepare(body);
    const request = new URL(`${BETTER_AUTH_ORIGIN}/api/auth/oauth2/authorize`);
    request.search = query.toString();
    const response = await this.#auth.handler(new Request(request));
    const location = response.headers.get("location");
    if (response.status !== 302 || location === null) {
      throw new Error(`Unexpected answer ${response.status}: ${await response.text()}`);
    }
    const target = new URL(location, BETTER_AUTH_ORIGIN);
    return { allowed: target.pathname === "/login", error: target.searchParams.get("error_description") };
  }

  /**
   * Exchanges a code that was never issued.
   *
   * @param assertion the client's JWT
   * @returns the error the client is told: about the code where it authenticated
   */
  async exchange(url: string, body: string, assertion: string): Promise<string> {
    this.#prepare(body);
    const response = await this.#auth.handler(
      new Request(`${BETTER_AUTH_ORIGIN}/api/auth/oauth2/token`, {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "authorization_code",
          code: "never-issued",
          redirect_uri: "https://app.acme.dev/cb",
          code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
          client_id: url,
          client_assertion: assertion,
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        }),
      }),
    );
    return ((await response.json()) as { error_description: string }).error_description;
  }

  #prepare(body: string): void {
    this.#body = body;
    this.#fetched = false;
    for (const rows of Object.values(this.#db)) rows.length = 0;
  }
}

const SILENT = { oauthAuthServerConfig: true, openidConfig: true };

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
