import { vi } from "vitest";
import type { EngineAnswer } from "./engineAnswer.js";

// The library looks for its compatibility flag when it is loaded.
Object.assign(globalThis, {
  Cloudflare: { compatibilityFlags: { global_fetch_strictly_public: true } },
});
const { getOAuthApi, OAuthProvider, AuthorizationError, CimdFetchError } = await import(
  "@cloudflare/workers-oauth-provider"
);

const handler = { fetch: () => new Response() };
const OPTIONS = {
  apiRoute: "/api",
  apiHandler: handler,
  defaultHandler: handler,
  authorizeEndpoint: "/authorize",
  tokenEndpoint: "/token",
  resourceMetadata: { resource: "https://mcp.example/api" },
  clientIdMetadataDocumentEnabled: true,
};

/** The little of Workers KV that a lookup, an authorization and a token request need. */
function memoryKv() {
  const entries = new Map<string, string>();
  return {
    get: async (key: string, { type }: { type?: string } = {}) => {
      const value = entries.get(key);
      return value === undefined ? null : type === "json" ? (JSON.parse(value) as unknown) : value;
    },
    put: async (key: string, value: string) => {
      entries.set(key, value);
    },
    delete: async (key: string) => {
      entries.delete(key);
    },
    list: async () => ({ keys: [], list_complete: true }),
  };
}

type Options = Parameters<typeof getOAuthApi>[0];

/** Cloudflare's library, CIMD switched on and everything else as it comes, with one document to fetch. */
export class CloudflareEngine {
  readonly #text: string;
  readonly #url: string;
  readonly #env = { OAUTH_KV: memoryKv() };

  /** @param url the client identifier URL a request names */
  constructor(text: string, url: string) {
    this.#text = text;
    this.#url = url;
  }

  /** Runs something with the platform's fetch and console replaced. */
  async #isolated<T>(run: () => Promise<T>): Promise<T> {
    const bytes = new TextEncoder().encode(this.#text);
    vi.stubGlobal("fetch", async (target: string) => {
      if (target !== this.#url) throw new TypeError(`no network: ${target}`);
      return new Response(bytes, {
        headers: { "content-length": String(bytes.length) },
      });
    });
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    try {
      return await run();
    } finally {
      warn.mockRestore();
      vi.unstubAllGlobals();
      Object.assign(globalThis, {
        Cloudflare: {
          compatibilityFlags: { global_fetch_strictly_public: true },
        },
      });
    }
  }

  get #api() {
    return getOAuthApi(OPTIONS as unknown as Options, this.#env);
  }

  /** Loads the document. */
  async load(): Promise<EngineAnswer> {
    return this.#isolated(async () => {
      try {
        const client = await this.#api.lookupClient(this.#url);
        return client ? { loads: true } : { loads: false, words: "Invalid client_id" };
      } catch (error) {
        return {
          loads: false,
          words: error instanceof CimdFetchError ? error.detail : undefined,
        };
      }
    });
  }

  /**
   * Sends an authorization request.
   *
   * @returns the engine's error text, or undefined when it goes on to ask the user
   */
  async authorize(redirectUri: string): Promise<string | undefined> {
    const query = new URLSearchParams({
      client_id: this.#url,
      redirect_uri: redirectUri,
      response_type: "code",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    });
    return this.ask(query);
  }

  /** Sends an authorization request with these parameters. */
  async ask(query: URLSearchParams): Promise<string | undefined> {
    return this.#isolated(async () => {
      try {
        await this.#api.parseAuthRequest(new Request(`https://mcp.example/authorize?${query}`));
        return undefined;
      } catch (error) {
        if (error instanceof AuthorizationError) return error.description ?? error.code;
        throw error;
      }
    });
  }

  /**
   * Finishes the sign-in of a user who has agreed.
   *
   * @returns the engine's error text, or undefined when the user is sent to the redirect URI
   */
  async complete(redirectUri: string): Promise<string | undefined> {
    return this.#isolated(async () => {
      try {
        await this.#api.completeAuthorization({
          request: {
            clientId: this.#url,
            redirectUri,
            responseType: "code",
            scope: [],
            state: "",
            codeChallenge: "x",
            codeChallengeMethod: "S256",
            issuer: "https://mcp.example",
          },
          userId: "u",
          scope: [],
          metadata: undefined,
          props: {},
        });
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    });
  }

  /** Whether the raw matcher lets a redirect URI through, before the request's own checks. */
  async matches(redirectUri: string): Promise<boolean> {
    const words = await this.complete(redirectUri);
    return !words?.startsWith(
      "Invalid redirect URI. The redirect URI provided does not match any registered URI",
    );
  }

  /** @returns the engine's error code and text for a token request */
  async token(parameters: Readonly<Record<string, string>>): Promise<string | undefined> {
    return this.#isolated(async () => {
      const request = new Request("https://mcp.example/token", {
        method: "POST",
        body: new URLSearchParams({ client_id: this.#url, ...parameters }),
      });
      const context = {
        waitUntil() {},
        passThroughOnException() {},
        props: {},
      };
      const provider = new OAuthProvider(OPTIONS as unknown as Options);
      const response = await provider.fetch(request, this.#env, context as never);
      const body = (await response.json()) as {
        error?: string;
        error_description?: string;
      };
      return body.error === undefined ? undefined : `${body.error}: ${body.error_description}`;
    });
  }
}
