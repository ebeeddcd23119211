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
import { fileURLToPath, pathToFileURL } from "node:url";
import { auth, type OAuthClientProvider } from "@modelcontextprotocol/sdk/client/auth.js";
import { transform } from "esbuild";
import Provider from "oidc-provider";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { documentWithKey, keySetWithKey } from "../../server/src/create/addPublicKey.js";
import { clientCode, requestedRedirectUri } from "../../server/src/create/clientCode.js";
import { createDocument } from "../../server/src/create/createDocument.js";
import { SIGNING_ALGORITHMS } from "../../server/src/create/signingAlgorithms.js";
import { generateSigningKey } from "../../server/src/create/signingKey.js";
import { optionsFromAnswers } from "../../server/src/create/wizardAnswers.js";
import { GOOD_IDENTITY, HOST, ROOT } from "../hosted/testServer.js";

const ROOT_FOLDER = fileURLToPath(new URL("../..", import.meta.url));
const CLIENT_ID = `https://${HOST}/oauth/client.cimd.json`;
const ENTRY = "http://127.0.0.1/callback";
const REDIRECT_URI = requestedRedirectUri(ENTRY);

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

interface ClientModule {
  readonly ClientMetadataProvider: new (
    open: (url: URL) => void,
    privateKey?: Record<string, unknown>,
  ) => OAuthClientProvider & { tokens(): { access_token: string } | undefined };
}

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
    save(): Promise<string>;
  };
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

/** oidc-provider with client metadata documents switched on; whoever comes is signed in and agrees. */
async function authorizationServer(documents: (url: string) => Promise<Response>): Promise<string> {
  const server = createHttpServer();
  const issuer = `http://127.0.0.1:${await listen(server)}`;
  const provider = new Provider(issuer, {
    features: {
      clientIdMetadataDocument: { enabled: true, ack: "draft-02" },
      devInteractions: { enabled: false },
    },
    fetch: documents,
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId }),
    }),
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  } as never) as unknown as InteractiveProvider;
  const callback = provider.callback();
  server.on("request", async (incoming, response) => {
    if (!incoming.url?.startsWith("/interaction/")) return callback(incoming, response);
    const { prompt, params, session } = await provider.interactionDetails(incoming, response);
    if (prompt.name === "login") {
      return provider.interactionFinished(incoming, response, { login: { accountId: "alice" } });
    }
    const grant = new provider.Grant({
      accountId: session?.accountId ?? "",
      clientId: String(params["client_id"]),
    });
    grant.addOIDCScope(String(params["scope"] ?? ""));
    const consent = { grantId: await grant.save() };
    return provider.interactionFinished(incoming, response, { consent }, { mergeWithLastSubmission: true });
  });
  return issuer;
}

/** Follows the redirects as a browser does, until the client would be called back. */
async function browse(start: URL): Promise<URL> {
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
    if (location === null) throw new Error(`${url.pathname}: ${response.status} ${await response.text()}`);
    url = new URL(location, url);
    if (url.href.startsWith(REDIRECT_URI)) return url;
  }
  throw new Error("the redirects do not end");
}

/** Signs in with the code that `CIMD: Copy Client Code…` gives, and the MCP TypeScript SDK's own flow. */
async function signIn(signingAlgorithm?: string, privateKey?: Record<string, unknown>) {
  const { code } = clientCode("mcp-typescript-sdk", {
    clientId: CLIENT_ID,
    name: "Acme Notes",
    scope: "openid",
    redirectUri: ENTRY,
    signingAlgorithm,
  });
  const file = path.join(folder, `client-${signingAlgorithm ?? "none"}.mjs`);
  await writeFile(file, (await transform(code, { loader: "ts", target: "es2022" })).code);
  const { ClientMetadataProvider } = (await import(
    /* @vite-ignore */ pathToFileURL(file).href
  )) as ClientModule;

  const issuer = await authorizationServer(fetchPublished(await publish()));
  let opened: URL | undefined;
  const client = new ClientMetadataProvider((url) => {
    opened = url;
  }, privateKey);
  expect(await auth(client, { serverUrl: issuer })).toBe("REDIRECT");
  if (!opened) throw new Error("no browser was opened");
  expect(opened.searchParams.get("client_id")).toBe(CLIENT_ID);
  const back = await browse(opened);
  const authorizationCode = back.searchParams.get("code");
  if (authorizationCode === null) throw new Error(`no code: ${back.search}`);
  expect(await auth(client, { serverUrl: issuer, authorizationCode })).toBe("AUTHORIZED");
  return client.tokens();
}

describe("a document made here, served over HTTPS", () => {
  it("completes the authorization code flow from a port-less loopback redirect URI", async () => {
    published.set("/oauth/client.cimd.json", DOCUMENT);
    expect(REDIRECT_URI).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    expect(await signIn()).toMatchObject({ access_token: expect.any(String), token_type: "Bearer" });
  });

  it.each(SIGNING_ALGORITHMS)("completes it with private_key_jwt and %s", async (algorithm) => {
    const { publicKey, privateKey } = await generateSigningKey(algorithm);
    published.set("/oauth/client.cimd.json", documentWithKey(DOCUMENT, publicKey, algorithm, "jwks_uri"));
    published.set("/oauth/jwks.json", keySetWithKey("", publicKey));
    expect(await signIn(algorithm, { ...privateKey })).toMatchObject({ access_token: expect.any(String) });
  });

  it("still signs in with the old key when a new one stands beside it", async () => {
    const [old, next] = await Promise.all([generateSigningKey("ES256"), generateSigningKey("ES256")]);
    const first = documentWithKey(DOCUMENT, old.publicKey, "ES256", "jwks");
    published.set("/oauth/client.cimd.json", documentWithKey(first, next.publicKey, "ES256", "jwks"));
    expect(await signIn("ES256", { ...old.privateKey })).toMatchObject({ access_token: expect.any(String) });
  });

  it("is not let in with a key that is not published", async () => {
    const [known, other] = await Promise.all([generateSigningKey("ES256"), generateSigningKey("ES256")]);
    published.set("/oauth/client.cimd.json", documentWithKey(DOCUMENT, known.publicKey, "ES256", "jwks"));
    await expect(signIn("ES256", { ...other.privateKey })).rejects.toThrow(/client authentication failed/);
  });
});
