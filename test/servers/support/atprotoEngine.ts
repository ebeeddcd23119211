import { JoseKey, OAuthProvider } from "@atproto/oauth-provider/provider";
import {
  isLocalHostname,
  oauthAuthorizationRequestParametersSchema,
  oauthClientIdDiscoverableSchema,
} from "@atproto/oauth-types";
import { checkUnicastPolicy, safeFetchWrap, unicastLookup } from "@atproto-labs/fetch-node";
import { VIRTUAL_CLIENT } from "../../../server/src/servers/atproto/clientIdUrl.js";
import type { EngineAnswer } from "./engineAnswer.js";

/** The provider's issuer, which is also the audience of client assertions. */
export const ATPROTO_ISSUER = "https://as.atproto.dev";

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
      issuer: ATPROTO_ISSUER,
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
  async load(url: string, body: string): Promise<EngineAnswer> {
    try {
      await this.#client(url, body);
      return this.#fetched ? { loads: true } : { loads: false, words: VIRTUAL_CLIENT };
    } catch (error) {
      return { loads: false, words: wordsOf(error, url) };
    }
  }

  /** How many keys of an inline set the provider keeps. */
  async keptKeys(url: string, body: string): Promise<number | undefined> {
    return (await this.#client(url, body)).metadata.jwks?.keys.length;
  }

  /** @returns what the provider says of the client's JWT, or undefined when it takes it */
  async authenticate(url: string, body: string, assertion: string): Promise<string | undefined> {
    const client = await this.#client(url, body);
    try {
      await client.authenticate(
        {
          client_id: client.id,
          client_assertion: assertion as never,
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        },
        { authorizationServerIdentifier: ATPROTO_ISSUER },
      );
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Sends the parameters of an authorization request through the provider's checks. */
  async authorize(
    url: string,
    body: string,
    redirectUri: string,
    scope = "atproto",
  ): Promise<{ allowed: boolean; error: string | undefined; scope?: string | undefined }> {
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
      const stored = await this.#provider.requestManager.createAuthorizationRequest(
        client,
        { method: "none" },
        parameters,
        null,
      );
      return { allowed: true, error: undefined, scope: stored.parameters.scope };
    } catch (error) {
      const { issues, message } = error as { issues?: Issue[]; message: string };
      return { allowed: false, error: issues?.[0]?.message ?? message };
    }
  }

  /** Asks for a refresh with a token that was never issued; always throws, on the grant where it is not allowed. */
  async refresh(url: string, body: string): Promise<never> {
    this.#body = body;
    this.#fetched = false;
    const proof = { jti: "j", jkt: "t", htm: "POST", htu: ATPROTO_ISSUER } as never;
    const request = { grant_type: "refresh_token", refresh_token: "ref-0" } as never;
    await this.#provider.token({ client_id: url } as never, {} as never, request, proof);
    throw new Error("A token that was never issued got through.");
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

/** Has every method a store is asked for at start, knows no clients of its own, and forgets authorization requests. */
const STORE = new Proxy(
  {},
  {
    get: (_target, name) => {
      if (name === "findClient") return undefined;
      return name === "createRequest" ? () => undefined : () => Promise.reject(new Error(String(name)));
    },
  },
);

const FORGETFUL = { get: () => undefined, set: () => undefined, del: () => undefined };

/**
 * The innermost words of an error, the first where there are several. Two copies of zod may stand between the provider and its schemas, so that it does not
 * know their errors; in one copy it writes each issue as below.
 */
function wordsOf(error: unknown, url: string): string {
  const { issues, cause, message } = error as { issues?: Issue[]; cause?: unknown; message: string };
  const [issue] = issues ?? [];
  if (issue) {
    const place = issue.path.length > 0 ? ` of "${issue.path.join(".")}"` : "";
    return `Validation${place} failed with error: ${issue.message}`;
  }
  if (message === `Invalid client ID "${url}"`) {
    const found = oauthClientIdDiscoverableSchema.safeParse(url);
    return found.error?.issues[0]?.message ?? message;
  }
  if (cause instanceof Error && message !== "Unable to parse response as JSON") return wordsOf(cause, url);
  // Which of the two the URL schema says depends on where it stumbles; they mean the same.
  return message.replace('the "https:" or "http:" protocol', 'the "https:" protocol');
}

interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
