import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import type { EngineAnswer } from "./engineAnswer.js";

const FETCH_REQUEST = new URL("./helpers/fetch_request.js", import.meta.resolve("oidc-provider"));
const { isSpecialUseIP } = (await import(FETCH_REQUEST.href)) as { isSpecialUseIP(address: string): boolean };

/** A dispatcher for Node's fetch: what reaches it would have gone to the network. */
const NO_NETWORK = {
  dispatch(): never {
    throw new Error("reached the network");
  },
};

const reachable = new Map<string, string | undefined>();

/** Why Node's own fetch refuses the URL before it connects; undefined when it would connect. */
async function refusedByFetch(url: string): Promise<string | undefined> {
  const { protocol, port } = new URL(url);
  const key = `${protocol}${port}`;
  if (!reachable.has(key)) {
    const init = { dispatcher: NO_NETWORK } as unknown as RequestInit;
    const error = await fetch(`${protocol}//host.invalid:${port || "443"}/`, init).catch(
      (reason: unknown) => reason,
    );
    const cause = (error as Error).cause as Error;
    reachable.set(key, cause.message === "reached the network" ? undefined : cause.message);
  }
  return reachable.get(key);
}

/** Whether oidc-provider's own guard would cut a connection to the host; names pass. */
export function isCutOff(hostname: string): boolean {
  const address = remoteAddress(hostname);
  return address !== undefined && isSpecialUseIP(address);
}

/** The address a socket would name as its remote one when the host is an address. */
function remoteAddress(hostname: string): string | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return hostname;
  if (!hostname.startsWith("[")) return undefined;
  const address = hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(address);
  if (!mapped) return address;
  const [high = 0, low = 0] = mapped.slice(1).map((group) => Number.parseInt(group, 16));
  return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** Fails where Node's fetch or oidc-provider's socket guard would, with the error they give. */
async function connect(url: string): Promise<void> {
  const refused = await refusedByFetch(url);
  if (refused !== undefined) throw new TypeError("fetch failed", { cause: new Error(refused) });
  if (isCutOff(new URL(url).hostname)) {
    throw new TypeError("fetch failed", {
      cause: new Error("hostname resolves to a special-use IP address"),
    });
  }
}

export interface OidcClient {
  redirectUris: string[];
  applicationType: string;
  redirectUriAllowed(redirectUri: string): boolean;
  readonly tokenEndpointAuthSigningAlg?: string;
  readonly asymmetricKeyStore: { selectForVerify(options: { alg: string }): readonly unknown[] };
}

/** What oidc-provider finds at other URLs than the document's. */
export interface OtherDocuments {
  /** Without it, one that lists everything it should. */
  readonly sectorIdentifierDocument?: readonly string[];
}

interface OidcError extends Error {
  error_description?: string;
  error_detail?: string;
  cause?: unknown;
}

/** The engine's words: description, and in parentheses the detail it logs. */
function words(error: OidcError): string | undefined {
  if (error.error_description === undefined) return undefined;
  const inner = (error.cause as Error | undefined)?.cause as Error | undefined;
  const detail = error.error_detail === "fetch failed" ? inner?.message : error.error_detail;
  return detail === undefined ? error.error_description : `${error.error_description} (${detail})`;
}

function silently<T>(run: () => T): T {
  const { info, warn } = console;
  console.info = console.warn = () => {};
  try {
    return run();
  } finally {
    Object.assign(console, { info, warn });
  }
}

function provider(issuer: string, text: string, url: string, other: OtherDocuments = {}): Provider {
  const bytes = new TextEncoder().encode(text);
  return silently(
    () =>
      new Provider(issuer, {
        features: { clientIdMetadataDocument: { enabled: true, ack: "draft-02" } },
        fetch: async (target: string) => {
          await connect(target);
          if (target !== url) return Response.json(other.sectorIdentifierDocument ?? redirectUrisIn(text));
          return new Response(bytes, { headers: { "content-length": String(bytes.length) } });
        },
      }),
  );
}

/** What a sector identifier document says that lists everything it should. */
function redirectUrisIn(text: string): unknown {
  return (
    (JSON.parse(text.replace(/^\ufeff/, "").toWellFormed()) as { redirect_uris?: unknown }).redirect_uris ??
    []
  );
}

/**
 * Loads a document in oidc-provider itself, CIMD switched on and everything else as it comes. The fetch is Node's and
 * oidc-provider's as far as they go without a network.
 *
 * @param url the client identifier URL a request names
 */
export async function loadInOidcProvider(
  text: string,
  url: string,
  other: OtherDocuments = {},
): Promise<EngineAnswer & { client?: OidcClient }> {
  const engine = provider("https://as.example", text, url, other);
  try {
    const client = (await engine.Client.find(url)) as OidcClient | undefined;
    if (!client) return { loads: false, words: "client is invalid (client not found)" };
    return { loads: true, client };
  } catch (error) {
    return { loads: false, words: words(error as OidcError) };
  }
}

/** oidc-provider on a loopback port, with the one document. */
export async function serveOidcProvider(text: string, url: string): Promise<OidcProviderServer> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const engine = provider(origin, text, url);
  server.on(
    "request",
    silently(() => engine.callback()),
  );
  return new OidcProviderServer(server, engine, origin, url);
}

export class OidcProviderServer {
  readonly #server: Server;
  readonly #origin: string;
  readonly #url: string;
  #error: string | undefined;

  constructor(server: Server, engine: Provider, origin: string, url: string) {
    this.#server = server;
    this.#origin = origin;
    this.#url = url;
    const remember = (_context: unknown, error: OidcError) => {
      this.#error = words(error);
    };
    for (const event of ["authorization.error", "grant.error"]) engine.on(event, remember);
  }

  /** @returns the engine's error text for an authorization request, or undefined when it goes on to sign the user in */
  async authorize(parameters: Readonly<Record<string, string>>): Promise<string | undefined> {
    const query = new URLSearchParams({
      client_id: this.#url,
      response_type: "code",
      scope: "openid",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
      ...parameters,
    });
    return this.request(query);
  }

  /** The same for a request with these parameters and no others. */
  async request(query: URLSearchParams): Promise<string | undefined> {
    return this.#ask(await fetch(`${this.#origin}/auth?${query}`, { redirect: "manual" }));
  }

  /** @returns the engine's error text for a token request */
  async token(parameters: Readonly<Record<string, string>>): Promise<string | undefined> {
    const body = new URLSearchParams({ client_id: this.#url, ...parameters });
    return this.#ask(await fetch(`${this.#origin}/token`, { method: "POST", body }));
  }

  get tokenEndpoint(): string {
    return `${this.#origin}/token`;
  }

  async #ask(response: Response): Promise<string | undefined> {
    await response.text();
    const found = this.#error;
    this.#error = undefined;
    return found;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
