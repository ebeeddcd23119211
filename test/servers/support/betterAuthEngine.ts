import { cimd } from "@better-auth/cimd";
import { oauthProvider } from "@better-auth/oauth-provider";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { jwt } from "better-auth/plugins";

/** What the engine did with a document. */
export type Loaded =
  | { readonly loaded: true }
  | { readonly loaded: false; readonly message: string | undefined };

const ORIGIN = "https://as.better-auth.dev";

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
      baseURL: ORIGIN,
      secret: "a secret that is long enough for a test",
      database: memoryAdapter(this.#db),
      logger: { disabled: true },
      telemetry: { enabled: false },
      rateLimit: { enabled: false },
      plugins: [
        jwt(),
        oauthProvider({ loginPage: "/login", consentPage: "/consent", silenceWarnings: SILENT }),
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
  async load(url: string, body: string): Promise<Loaded> {
    this.#prepare(body);
    const context = await this.#context;
    const provider = context.getPlugin("oauth-provider");
    const discovery = provider?.options.extensions?.flatMap(
      ({ clientDiscovery }) => clientDiscovery ?? [],
    )[0];
    if (!discovery) throw new Error("The CIMD plugin is not installed.");
    try {
      const client = await discovery.resolve({ context } as never, url, null);
      if (!client) return { loaded: false, message: undefined };
      if (!this.#fetched) throw new Error("A client came from somewhere else than the document.");
      return { loaded: true };
    } catch (error) {
      const description = (error as { body?: { error_description?: unknown } }).body?.error_description;
      if (typeof description !== "string") throw error;
      return { loaded: false, message: description };
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
    this.#prepare(body);
    const request = new URL(`${ORIGIN}/api/auth/oauth2/authorize`);
    request.search = new URLSearchParams({
      client_id: url,
      redirect_uri: redirectUri,
      response_type: "code",
      scope: "openid",
      state: "s",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    }).toString();
    const response = await this.#auth.handler(new Request(request));
    const location = response.headers.get("location");
    if (response.status !== 302 || location === null) {
      throw new Error(`Unexpected answer ${response.status}: ${await response.text()}`);
    }
    const target = new URL(location, ORIGIN);
    return { allowed: target.pathname === "/login", error: target.searchParams.get("error_description") };
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
