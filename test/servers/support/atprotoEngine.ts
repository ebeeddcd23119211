import { checkUnicastPolicy, safeFetchWrap, unicastLookup } from "@atproto-labs/fetch-node";
import { JoseKey, OAuthProvider } from "@atproto/oauth-provider/provider";
import {
  isLocalHostname,
  oauthAuthorizationRequestParametersSchema,
  oauthClientIdDiscoverableSchema,
} from "@atproto/oauth-types";

/** What the engine did with a document. */
export type Loaded =
  | {
      readonly loaded: true;
      /** How many keys of an inline set it kept. */
      readonly keys: number | undefined;
    }
  | {
      readonly loaded: false;
      /** The engine's words, the one that counts first; empty when it made up the metadata itself. */
      readonly words: readonly string[];
    };

/**
 * A real OAuth provider in its default configuration, over its own safe fetch. No network: the fetch below the guards is
 * answered with the document in hand, and names are taken to resolve to public addresses unless the guard on look-ups
 * refuses them by name.
 */
export class AtprotoEngine {
  #body = "";
  #fetched = false;
  readonly #provider: OAuthProvider;

  private constructor(key: JoseKey) {
    this.#provider = new OAuthProvider({
      issuer: "https://as.atproto.dev",
      keyset: [key],
      store: STORE,
      safeFetch: safeFetchWrap({ fetch: (input, init) => this.#answer(new Request(input, init)) }),
      clientJwksCache: FORGETFUL,
      clientMetadataCache: FORGETFUL,
    } as never);
  }

  static async create(): Promise<AtprotoEngine> {
    return new AtprotoEngine(await JoseKey.generate(["ES256"], "k"));
  }

  /** Asks for the client, as every request to the provider does first. */
  async load(url: string, body: string): Promise<Loaded> {
    try {
      const client = await this.#client(url, body);
      if (!this.#fetched) return { loaded: false, words: [] };
      return { loaded: true, keys: client.metadata.jwks?.keys.length };
    } catch (error) {
      return { loaded: false, words: wordsOf(error, url) };
    }
  }

  /** Sends the parameters of an authorization request through the provider's checks. */
  async authorize(
    url: string,
    body: string,
    redirectUri: string,
    scope = "atproto",
  ): Promise<{ allowed: boolean; error: string | undefined }> {
    const client = await this.#client(url, body);
    try {
      const parameters = oauthAuthorizationRequestParametersSchema.parse({
        client_id: client.id,
        redirect_uri: redirectUri,
        response_type: "code",
        scope,
        code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        code_challenge_method: "S256",
      });
      await this.#provider.requestManager.validate(client, { method: "none" }, parameters);
      return { allowed: true, error: undefined };
    } catch (error) {
      const { issues, message } = error as { issues?: Issue[]; message: string };
      return { allowed: false, error: issues?.[0]?.message ?? message };
    }
  }

  #client(url: string, body: string) {
    this.#body = body;
    this.#fetched = false;
    return this.#provider.clientManager.getClient(url as never);
  }

  /** The first fetch gets the document, the second its key set. The guards on connections come first, as in undici. */
  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const blocked = checkUnicastPolicy(url);
    if (blocked !== undefined) throw new Error(blocked);
    // Node looks no address up.
    if (!url.hostname.startsWith("[") && isLocalHostname(url.hostname)) await lookUp(url.hostname);
    const body = this.#fetched ? '{"keys":[]}' : this.#body;
    this.#fetched = true;
    const length = new TextEncoder().encode(body).length;
    return new Response(body, {
      headers: { "content-type": "application/json", "content-length": String(length) },
    });
  }
}

/** The guard on look-ups, asked only about names that it refuses before it looks anything up. */
function lookUp(hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    unicastLookup(hostname, {}, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Has every method a store is asked for at start and knows no clients of its own. */
const STORE = new Proxy(
  {},
  { get: (_target, name) => (name === "findClient" ? undefined : () => Promise.reject(new Error(String(name)))) },
);

const FORGETFUL = { get: () => undefined, set: () => undefined, del: () => undefined };

/**
 * The innermost words of an error. Two copies of zod may stand between the provider and its schemas, so that it does not
 * know their errors; in one copy it writes each issue as below.
 */
function wordsOf(error: unknown, url: string): string[] {
  const { issues, cause, message } = error as { issues?: Issue[]; cause?: unknown; message: string };
  if (issues) {
    return issues.map(({ path, message: fault }) => {
      const place = path.length > 0 ? ` of "${path.join(".")}"` : "";
      return `Validation${place} failed with error: ${fault}`;
    });
  }
  if (message === `Invalid client ID "${url}"`) {
    const found = oauthClientIdDiscoverableSchema.safeParse(url);
    return found.error?.issues.map(({ message: fault }) => fault) ?? [message];
  }
  if (cause instanceof Error && message !== "Unable to parse response as JSON") return wordsOf(cause, url);
  // Which of the two the URL schema says depends on where it stumbles; they mean the same.
  return [message.replace('the "https:" or "http:" protocol', 'the "https:" protocol')];
}

interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
