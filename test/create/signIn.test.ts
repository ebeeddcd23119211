import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { decodeProtectedHeader } from "jose";
import Provider from "oidc-provider";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { documentWithKey, keySetWithKey } from "../../server/src/create/addPublicKey.js";
import { clientCode } from "../../server/src/create/clientCode.js";
import { createDocument } from "../../server/src/create/createDocument.js";
import { SIGNING_ALGORITHMS } from "../../server/src/create/signingAlgorithms.js";
import { generateSigningKey } from "../../server/src/create/signingKey.js";
import { optionsFromAnswers } from "../../server/src/create/wizardAnswers.js";
import { GOOD_IDENTITY, HOST, ROOT } from "../hosted/testServer.js";

const ROOT_FOLDER = fileURLToPath(new URL("../..", import.meta.url));
const CLIENT_ID = `https://${HOST}/oauth/client.cimd.json`;
const ENTRY = "http://127.0.0.1/callback";

/** What the wizard writes for a command line client. */
const DOCUMENT = createDocument(
  optionsFromAnswers({
    kind: "native",
    name: "Acme Notes",
    clientId: CLIENT_ID,
    redirectUris: [ENTRY, "http://localhost/callback"],
    refresh: true,
    scope: "",
    clientUri: "",
    logoUri: "",
    authentication: "none",
  }),
);

/** What oidc-provider has for a sign-in page of one's own; it comes without types. */
interface InteractiveProvider {
  callback(): (incoming: IncomingMessage, response: ServerResponse) => void;
  interactionDetails(
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<{
    readonly prompt: { readonly name: string };
    readonly params: Readonly<Record<string, unknown>>;
    readonly session?: { readonly accountId: string };
  }>;
  interactionFinished(
    incoming: IncomingMessage,
    response: ServerResponse,
    result: object,
    options?: object,
  ): Promise<void>;
  readonly Grant: new (grant: {
    accountId: string;
    clientId: string;
  }) => {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  };
  readonly AccessToken: { find(value: string): Promise<unknown> };
  on(event: "grant.success", listener: (context: { readonly oidc: TokenRequest }) => void): void;
}

/** A token request that the provider answered. */
interface TokenRequest {
  readonly client: { readonly clientId: string };
  readonly params: Readonly<Record<string, string | undefined>>;
}

let folder: string;
const servers: Server[] = [];
/** What is published, by path. */
const published = new Map<string, string>();

beforeAll(async () => {
  await mkdir(path.join(ROOT_FOLDER, ".cache"), { recursive: true });
  folder = await mkdtemp(path.join(ROOT_FOLDER, ".cache", "sign-in-"));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  // oidc-provider warns of its development settings.
  for (const method of ["info", "warn"] as const) vi.spyOn(console, method).mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  published.clear();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Publishes over HTTPS, with a certificate for the client identifier URL's host. */
function publish(): Promise<number> {
  return listen(
    createHttpsServer({ ...GOOD_IDENTITY }, ({ url = "" }, response) => {
      const text = published.get(url);
      response.writeHead(text === undefined ? 404 : 200, { "Content-Type": "application/json" }).end(text);
    }),
  );
}

/** Fetches from the server above as its host's name would, certificate checked. */
function fetchPublished(port: number): (url: string) => Promise<Response> {
  return (url) =>
    new Promise((resolve, reject) => {
      const { hostname, pathname } = new URL(url);
      const options = {
        host: "127.0.0.1",
        port,
        path: pathname,
        servername: hostname,
        ca: ROOT.identity.cert,
      };
      request(options, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const headers = { "content-type": response.headers["content-type"] ?? "" };
        resolve(new Response(Buffer.concat(chunks), { status: response.statusCode ?? 0, headers }));
      })
        .on("error", reject)
        .end();
    });
}

interface Servers {
  readonly mcpServer: string;
  readonly tokenRequests: readonly TokenRequest[];
}

/**
 * An MCP server whose authorization server is oidc-provider; whoever comes is signed in and agrees.
 *
 * @param documents fetches client metadata documents; absent where only registered clients are known
 */
async function startServers(documents?: (url: string) => Promise<Response>): Promise<Servers> {
  const server = createHttpServer();
  const issuer = `http://127.0.0.1:${await listen(server)}`;
  const mcpServer = `${issuer}/mcp`;
  const provider = new Provider(issuer, {
    features: {
      ...(documents ? { clientIdMetadataDocument: { enabled: true, ack: "draft-02" } } : {}),
      registration: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({ scope: "openid", audience: mcpServer, accessTokenFormat: "opaque" }),
        useGrantedResource: () => true,
      },
    },
    ...(documents ? { fetch: documents } : {}),
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId }),
    }),
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  } as never) as unknown as InteractiveProvider;
  const tokenRequests: TokenRequest[] = [];
  provider.on("grant.success", ({ oidc }) => tokenRequests.push(oidc));
  const callback = provider.callback();
  const interact = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prompt, params, session } = await provider.interactionDetails(incoming, response);
    if (prompt.name === "login") {
      return provider.interactionFinished(incoming, response, { login: { accountId: "alice" } });
    }
    const grant = new provider.Grant({
      accountId: session?.accountId ?? "",
      clientId: String(params["client_id"]),
    });
    grant.addOIDCScope(String(params["scope"] ?? ""));
    grant.addResourceScope(String(params["resource"]), String(params["scope"] ?? ""));
    const consent = { grantId: await grant.save() };
    return provider.interactionFinished(incoming, response, { consent }, { mergeWithLastSubmission: true });
  };
  server.on("request", async (incoming, response) => {
    const { url = "" } = incoming;
    const metadata = "/.well-known/oauth-protected-resource/mcp";
    if (url.startsWith("/interaction/")) return interact(incoming, response);
    if (url === metadata) {
      const json = JSON.stringify({ resource: mcpServer, authorization_servers: [issuer] });
      return response.writeHead(200, { "Content-Type": "application/json" }).end(json);
    }
    if (url !== "/mcp") return callback(incoming, response);
    const [, token = ""] = /^Bearer (.+)$/i.exec(incoming.headers.authorization ?? "") ?? [];
    if (await provider.AccessToken.find(token)) return answerMcp(incoming, response);
    const challenge = `Bearer resource_metadata="${issuer}${metadata}"`;
    return response.writeHead(401, { "WWW-Authenticate": challenge }).end();
  });
  return { mcpServer, tokenRequests };
}

/** An MCP server with one tool, and no sessions. */
async function answerMcp(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const server = new McpServer({ name: "notes", version: "1.0.0" });
  server.registerTool("list_notes", { description: "Lists notes." }, () => ({ content: [] }));
  const transport = new StreamableHTTPServerTransport({});
  await server.connect(transport as Parameters<typeof server.connect>[0]);
  await transport.handleRequest(incoming, response);
}

/** Follows the redirects as a browser does, to the page that the client shows. */
async function browse(start: URL): Promise<void> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let hops = 0; hops < 12; hops++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location === null && url.pathname === new URL(ENTRY).pathname) return;
    if (location === null) throw new Error(`${url.pathname}: ${response.status} ${await response.text()}`);
    url = new URL(location, url);
  }
  throw new Error("the redirects do not end");
}

type Sdk = "mcp-typescript-sdk" | "mcp-typescript-sdk-1";

/** What a run of the copied code came to. */
interface Run extends Servers {
  readonly authorizationUrl: URL | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the code that `CIMD: Copy Client Code…` gives in Node.js as it is, and plays the browser.
 *
 * @param signing the algorithm, and the key that is in the file
 */
async function run(
  library: Sdk,
  servers: Servers,
  signing?: { readonly algorithm: string; readonly key: object },
): Promise<Run> {
  const { code } = clientCode(library, {
    clientId: CLIENT_ID,
    name: "Acme Notes",
    scope: "openid",
    redirectUri: ENTRY.replace("/callback", `:${await freePort()}/callback`),
    signingAlgorithm: signing?.algorithm,
  });
  const own = await mkdtemp(path.join(folder, "run-"));
  await writeFile(path.join(own, "package.json"), '{ "type": "module" }');
  await writeFile(path.join(own, "client.ts"), code);
  await writeFile(path.join(own, "private-key.json"), JSON.stringify(signing?.key ?? {}));
  const client = spawn(process.execPath, ["client.ts", servers.mcpServer], { cwd: own });
  let stdout = "";
  let stderr = "";
  let authorizationUrl: URL | undefined;
  client.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  client.stdout.on("data", (chunk) => {
    stdout += chunk;
    const [, url] = /^Open (\S+)\n/m.exec(stdout) ?? [];
    if (url === undefined || authorizationUrl) return;
    authorizationUrl = new URL(url);
    browse(authorizationUrl).catch((error: unknown) => {
      stderr += String(error);
      client.kill();
    });
  });
  await once(client, "close");
  return { ...servers, authorizationUrl, stdout, stderr };
}

async function freePort(): Promise<number> {
  const server = createHttpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A run against servers that fetch what is published. */
async function signIn(...[library, signing]: [Sdk, Parameters<typeof run>[2]?]): Promise<Run> {
  return run(library, await startServers(fetchPublished(await publish())), signing);
}

const SDKS = ["mcp-typescript-sdk", "mcp-typescript-sdk-1"] as const;

describe.each(SDKS)("a document made here, served over HTTPS, with the copied code for %s", (library) => {
  it("signs in from a loopback redirect URI on another port", async () => {
    published.set("/oauth/client.cimd.json", DOCUMENT);
    const { authorizationUrl, stdout, stderr, tokenRequests } = await signIn(library);
    expect(stderr).toBe("");
    expect(stdout).toContain("[ 'list_notes' ]");
    expect(authorizationUrl?.searchParams.get("client_id")).toBe(CLIENT_ID);
    expect(tokenRequests.map(({ client }) => client.clientId)).toEqual([CLIENT_ID]);
  });

  it("signs with kid, typ and client_id", async () => {
    const { publicKey, privateKey } = await generateSigningKey("ES256");
    published.set("/oauth/client.cimd.json", documentWithKey(DOCUMENT, publicKey, "ES256", "jwks_uri"));
    published.set("/oauth/jwks.json", keySetWithKey("", publicKey));
    const { stdout, stderr, tokenRequests } = await signIn(library, { algorithm: "ES256", key: privateKey });
    expect(stderr).toBe("");
    expect(stdout).toContain("[ 'list_notes' ]");
    const { client_assertion = "", client_id } = tokenRequests[0]?.params ?? {};
    expect(client_id).toBe(CLIENT_ID);
    expect(decodeProtectedHeader(client_assertion)).toEqual({
      alg: "ES256",
      kid: publicKey["kid"],
      typ: "oauth-client-auth+jwt",
    });
  });

  it.each([undefined, "ES256"] as const)(
    "registers where documents are not supported, and does not sign as the document there (%s)",
    async (algorithm) => {
      const { privateKey } = await generateSigningKey("ES256");
      const servers = await startServers();
      const { stdout, stderr, tokenRequests } = await run(
        library,
        servers,
        algorithm && { algorithm, key: privateKey },
      );
      expect(stderr).toBe("");
      expect(stdout).toContain("[ 'list_notes' ]");
      expect(tokenRequests[0]?.client.clientId).not.toBe(CLIENT_ID);
      expect(tokenRequests[0]?.params["client_assertion"]).toBeUndefined();
    },
  );
});

describe("a key", () => {
  it.each(SIGNING_ALGORITHMS)("of %s signs in", async (algorithm) => {
    const { publicKey, privateKey } = await generateSigningKey(algorithm);
    published.set("/oauth/client.cimd.json", documentWithKey(DOCUMENT, publicKey, algorithm, "jwks"));
    const { stdout } = await signIn("mcp-typescript-sdk", { algorithm, key: privateKey });
    expect(stdout).toContain("[ 'list_notes' ]");
  });

  it("still signs in when a new one stands beside it", async () => {
    const [old, next] = await Promise.all([generateSigningKey("ES256"), generateSigningKey("ES256")]);
    const first = documentWithKey(DOCUMENT, old.publicKey, "ES256", "jwks");
    published.set("/oauth/client.cimd.json", documentWithKey(first, next.publicKey, "ES256", "jwks"));
    const { stdout } = await signIn("mcp-typescript-sdk", { algorithm: "ES256", key: old.privateKey });
    expect(stdout).toContain("[ 'list_notes' ]");
  });

  it("that is not published lets nobody in", async () => {
    const [known, other] = await Promise.all([generateSigningKey("ES256"), generateSigningKey("ES256")]);
    published.set("/oauth/client.cimd.json", documentWithKey(DOCUMENT, known.publicKey, "ES256", "jwks"));
    const { stderr } = await signIn("mcp-typescript-sdk", { algorithm: "ES256", key: other.privateKey });
    expect(stderr).toMatch(/client authentication failed/);
  });
});
