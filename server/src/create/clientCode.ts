import { ASSERTION_TYPE } from "../metadata/authMethods.js";
import { classifyRedirectUri } from "../redirects/classify.js";
import type { CodeLibrary } from "./codeLibraries.js";
import { formatJson } from "./formatJson.js";

/** What client code needs to know of a document. */
export interface ClientFacts {
  /** The client identifier URL. */
  readonly clientId: string;
  readonly name: string;
  readonly scope: string;
  /** The entry of `redirect_uris` to come back to. */
  readonly redirectUri: string;
  /** `token_endpoint_auth_signing_alg` of a client with `private_key_jwt`; absent for a public client. */
  readonly signingAlgorithm?: string | undefined;
}

export interface ClientCode {
  /** VS Code's language id. */
  readonly language: "python" | "typescript";
  readonly code: string;
}

/** Where an entry without a port is bound; any free port does. */
const ANY_PORT = "8765";

/** The MCP server or account that a reader of the code puts in. */
const MCP_SERVER = "https://mcp.example.com/mcp";

/**
 * Code that signs in with a client metadata document. Text of the document only appears as string literals in printable
 * ASCII, so it cannot end a line or hide one.
 *
 * Sources, each as read: FastMCP 4 `fastmcp_slim/fastmcp/client/auth/oauth.py` @56c4861b49f8, MCP Python SDK 2
 * `docs_src/oauth_clients/tutorial001.py` @07af424b0065, `@modelcontextprotocol/client` 2.4.0 `dist/index.d.mts`,
 * `@modelcontextprotocol/sdk` 1.32.2 `client/auth.d.ts`, `@atproto/oauth-client-node` 0.4.0. The tests compile the
 * TypeScript, and sign in with that of the MCP SDKs.
 */
export function clientCode(library: CodeLibrary, facts: ClientFacts): ClientCode {
  switch (library) {
    case "fastmcp":
      return { language: "python", code: fastmcp(facts) };
    case "mcp-python-sdk":
      return { language: "python", code: mcpPythonSdk(facts) };
    case "mcp-typescript-sdk":
      return { language: "typescript", code: mcpTypescriptSdk(facts, SDK_2) };
    case "mcp-typescript-sdk-1":
      return { language: "typescript", code: mcpTypescriptSdk(facts, SDK_1) };
    case "atproto":
      return { language: "typescript", code: atproto(facts) };
  }
}

/**
 * The redirect URI that a request names for an entry: a loopback entry for any port gets one, everything else stays.
 */
export function requestedRedirectUri(entry: string): string {
  const { kind, parts } = classifyRedirectUri(entry);
  const anyPort = parts.port === undefined || parts.port === "" || parts.port === "*";
  if (kind !== "loopback" || !anyPort) return entry;
  return entry.replace(/^(http:\/\/(?:\[[^\]]*\]|[^:/?#]*))(?::\*?)?/i, `$1:${ANY_PORT}`);
}

/** A string literal of TypeScript. */
function literal(text: string): string {
  return formatJson(text.toWellFormed(), { pretty: true, ascii: true });
}

/** A string literal of Python, which reads a pair of `\uXXXX` as two characters and not as a surrogate pair. */
function pythonLiteral(text: string): string {
  const characters = [...text.toWellFormed()].map((character) =>
    character.length === 1
      ? literal(character).slice(1, -1)
      : `\\U${character.codePointAt(0)?.toString(16).padStart(8, "0")}`,
  );
  return `"${characters.join("")}"`;
}

/** FastMCP comes back to `http://HOST:PORT/callback` and chooses a port unless it is told one. */
function fastmcp({ clientId, scope, redirectUri, signingAlgorithm }: ClientFacts): string {
  const { kind, parts } = classifyRedirectUri(redirectUri);
  // The port becomes code, so nothing but a number, or what stands for any, is taken over from a document.
  const fits =
    kind === "loopback" &&
    parts.path === "/callback" &&
    parts.query === undefined &&
    /^(?:\d{0,5}|\*)$/.test(parts.port ?? "");
  const fixedPort = fits && parts.port && parts.port !== "*" ? parts.port : undefined;
  const host = fits && parts.host && parts.host.toLowerCase() !== "localhost" ? parts.host : undefined;
  return lines(
    !fits &&
      "# FastMCP comes back to http://localhost:PORT/callback: add http://localhost/callback to redirect_uris.",
    signingAlgorithm !== undefined &&
      "# FastMCP's OAuth helper does not sign: the document has to say token_endpoint_auth_method none.",
    "import asyncio",
    "",
    "from fastmcp import Client",
    "from fastmcp.client.auth import OAuth",
    "",
    "oauth = OAuth(",
    `    client_metadata_url=${pythonLiteral(clientId)},`,
    scope !== "" && `    scopes=${pythonLiteral(scope)},`,
    host !== undefined && `    callback_host=${pythonLiteral(host)},`,
    fixedPort !== undefined && `    callback_port=${fixedPort},`,
    ")",
    "",
    "",
    "async def main() -> None:",
    `    async with Client("${MCP_SERVER}", auth=oauth) as client:`,
    "        print(await client.list_tools())",
    "",
    "",
    "asyncio.run(main())",
  );
}

function mcpPythonSdk({ clientId, name, scope, redirectUri, signingAlgorithm }: ClientFacts): string {
  return lines(
    signingAlgorithm !== undefined &&
      "# OAuthClientProvider does not sign: the document has to say token_endpoint_auth_method none.",
    "import asyncio",
    "import webbrowser",
    "from urllib.parse import parse_qs, urlparse",
    "",
    "import httpx2",
    "from mcp import Client",
    "from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider",
    "from mcp.client.streamable_http import streamable_http_client",
    "from mcp.shared.auth import OAuthClientInformationFull, OAuthClientMetadata, OAuthToken",
    "from pydantic import AnyUrl",
    "",
    `MCP_SERVER = "${MCP_SERVER}"`,
    "",
    "",
    "class MemoryStorage:",
    "    tokens: OAuthToken | None = None",
    "    client_info: OAuthClientInformationFull | None = None",
    "",
    "    async def get_tokens(self) -> OAuthToken | None:",
    "        return self.tokens",
    "",
    "    async def set_tokens(self, tokens: OAuthToken | None) -> None:",
    "        self.tokens = tokens",
    "",
    "    async def get_client_info(self) -> OAuthClientInformationFull | None:",
    "        return self.client_info",
    "",
    "    async def set_client_info(self, client_info: OAuthClientInformationFull | None) -> None:",
    "        self.client_info = client_info",
    "",
    "",
    "async def open_browser(authorization_url: str) -> None:",
    "    webbrowser.open(authorization_url)",
    "",
    "",
    "async def wait_for_callback() -> AuthorizationCodeResult:",
    '    answer = parse_qs(urlparse(input("The URL you were sent back to: ")).query)',
    "    return AuthorizationCodeResult(",
    '        code=answer["code"][0],',
    '        state=answer["state"][0],',
    '        iss=answer["iss"][0] if "iss" in answer else None,',
    "    )",
    "",
    "",
    "oauth = OAuthClientProvider(",
    "    server_url=MCP_SERVER,",
    `    client_metadata_url=${pythonLiteral(clientId)},`,
    "    client_metadata=OAuthClientMetadata(",
    `        client_name=${pythonLiteral(name)},`,
    `        redirect_uris=[AnyUrl(${pythonLiteral(requestedRedirectUri(redirectUri))})],`,
    scope !== "" && `        scope=${pythonLiteral(scope)},`,
    "    ),",
    "    storage=MemoryStorage(),",
    "    redirect_handler=open_browser,",
    "    callback_handler=wait_for_callback,",
    ")",
    "",
    "",
    "async def main() -> None:",
    "    async with httpx2.AsyncClient(auth=oauth, follow_redirects=True) as http_client:",
    "        transport = streamable_http_client(MCP_SERVER, http_client=http_client)",
    "        async with Client(transport) as client:",
    "            print(await client.list_tools())",
    "",
    "",
    "asyncio.run(main())",
  );
}

/** What differs between the major versions of the MCP TypeScript SDK. */
interface SdkVersion {
  readonly packages: string;
  /** Imports of values and types; `signs` where a client signs. */
  imports(signs: boolean): readonly (string | false)[];
  readonly clientType: string;
  readonly tokensType: string;
  /** Members of the provider that only this version asks for. */
  readonly members: readonly string[];
  /** How the answer of the authorization server is handed over. */
  readonly finish: readonly string[];
}

const SDK_1: SdkVersion = {
  packages: "@modelcontextprotocol/sdk@1",
  imports: (signs) => [
    signs
      ? 'import { type AddClientAuthentication, type OAuthClientProvider, UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";'
      : 'import { type OAuthClientProvider, UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";',
    'import { Client } from "@modelcontextprotocol/sdk/client/index.js";',
    'import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";',
    "import type {",
    "  OAuthClientInformationMixed,",
    "  OAuthClientMetadata,",
    "  OAuthTokens,",
    '} from "@modelcontextprotocol/sdk/shared/auth.js";',
  ],
  clientType: "OAuthClientInformationMixed",
  tokensType: "OAuthTokens",
  members: [],
  finish: [
    '    const code = answer.get("code");',
    "    if (code === null) throw new Error(`No code came back: ${answer}`);",
    "    await transport.finishAuth(code);",
  ],
};

const SDK_2: SdkVersion = {
  packages: "@modelcontextprotocol/client@2",
  imports: (signs) => [
    "import {",
    signs && "  type AddClientAuthentication,",
    "  Client,",
    "  type OAuthClientMetadata,",
    "  type OAuthClientProvider,",
    "  type OAuthDiscoveryState,",
    "  type StoredOAuthClientInformation,",
    "  type StoredOAuthTokens,",
    "  StreamableHTTPClientTransport,",
    "  UnauthorizedError,",
    '} from "@modelcontextprotocol/client";',
  ],
  clientType: "StoredOAuthClientInformation",
  tokensType: "StoredOAuthTokens",
  members: [
    "  #discovery: OAuthDiscoveryState | undefined;",
    "",
    "  /** Which authorization server was asked, so that no other one gets the code. */",
    "  saveDiscoveryState(discovery: OAuthDiscoveryState): void {",
    "    this.#discovery = discovery;",
    "  }",
    "",
    "  discoveryState(): OAuthDiscoveryState | undefined {",
    "    return this.#discovery;",
    "  }",
    "",
  ],
  finish: ["    // Takes the code after it has compared iss.", "    await transport.finishAuth(answer);"],
};

/** A program that Node.js runs as it is: nothing in it but types has to be stripped. */
function mcpTypescriptSdk(facts: ClientFacts, sdk: SdkVersion): string {
  const { clientId, name, scope, redirectUri, signingAlgorithm } = facts;
  const signs = signingAlgorithm !== undefined;
  const listens = classifyRedirectUri(redirectUri).kind === "loopback";
  return lines(
    `// npm install ${sdk.packages}${signs ? " jose" : ""}`,
    signs && "// PRIVATE_KEY=private-key.json node client.ts https://mcp.example.com/mcp",
    !signs && "// node client.ts https://mcp.example.com/mcp",
    signs && 'import { readFile } from "node:fs/promises";',
    listens
      ? 'import { createServer } from "node:http";'
      : 'import { createInterface } from "node:readline/promises";',
    ...sdk.imports(signs),
    signs && 'import { importJWK, type JWK, SignJWT } from "jose";',
    "",
    `const MCP_SERVER = new URL(process.argv[2] ?? "${MCP_SERVER}");`,
    `const CLIENT_ID = ${literal(clientId)};`,
    `const REDIRECT_URI = ${literal(requestedRedirectUri(redirectUri))};`,
    "",
    "/** Keeps everything in memory; a real client keeps it, but for the code verifier and the state, on disk. */",
    "class ClientMetadataProvider implements OAuthClientProvider {",
    "  readonly clientMetadataUrl = CLIENT_ID;",
    "  readonly redirectUrl = REDIRECT_URI;",
    "  authorizationUrl: URL | undefined;",
    "  readonly #state = crypto.randomUUID();",
    signs && "  readonly #privateKey: JWK & { readonly kid: string };",
    `  #client: ${sdk.clientType} | undefined;`,
    `  #tokens: ${sdk.tokensType} | undefined;`,
    '  #codeVerifier = "";',
    ...(sdk.members.length === 0 ? [""] : sdk.members),
    ...(signs
      ? [
          "  constructor(privateKey: JWK & { readonly kid: string }) {",
          "    this.#privateKey = privateKey;",
          "  }",
          "",
        ]
      : []),
    "  /** Used to register with servers that do not support client metadata documents. */",
    "  get clientMetadata(): OAuthClientMetadata {",
    "    return {",
    `      client_name: ${literal(name)},`,
    "      redirect_uris: [this.redirectUrl],",
    signs && '      token_endpoint_auth_method: "none",',
    scope !== "" && `      scope: ${literal(scope)},`,
    "    };",
    "  }",
    "",
    ...(signs ? assertion(signingAlgorithm) : []),
    "  state(): string {",
    "    return this.#state;",
    "  }",
    "",
    `  clientInformation(): ${sdk.clientType} | undefined {`,
    "    return this.#client;",
    "  }",
    "",
    `  saveClientInformation(client: ${sdk.clientType}): void {`,
    "    this.#client = client;",
    "  }",
    "",
    `  tokens(): ${sdk.tokensType} | undefined {`,
    "    return this.#tokens;",
    "  }",
    "",
    `  saveTokens(tokens: ${sdk.tokensType}): void {`,
    "    this.#tokens = tokens;",
    "  }",
    "",
    "  redirectToAuthorization(authorizationUrl: URL): void {",
    "    this.authorizationUrl = authorizationUrl;",
    "  }",
    "",
    "  saveCodeVerifier(codeVerifier: string): void {",
    "    this.#codeVerifier = codeVerifier;",
    "  }",
    "",
    "  codeVerifier(): string {",
    "    return this.#codeVerifier;",
    "  }",
    "}",
    "",
    ...(listens ? LISTEN : ASK),
    "",
    "async function connect(transport: StreamableHTTPClientTransport): Promise<Client> {",
    `  const client = new Client({ name: ${literal(name)}, version: "1.0.0" });`,
    "  await client.connect(transport);",
    "  return client;",
    "}",
    "",
    "/** Connects, and signs in where the server asks for it. */",
    "async function signIn(provider: ClientMetadataProvider): Promise<Client> {",
    "  const transport = new StreamableHTTPClientTransport(MCP_SERVER, { authProvider: provider });",
    "  try {",
    "    return await connect(transport);",
    "  } catch (error) {",
    "    if (!(error instanceof UnauthorizedError)) throw error;",
    "    const answer = await callback(provider.authorizationUrl);",
    '    if (answer.get("state") !== provider.state()) throw new Error("The answer is not for this sign-in.");',
    ...sdk.finish,
    "    return connect(new StreamableHTTPClientTransport(MCP_SERVER, { authProvider: provider }));",
    "  }",
    "}",
    "",
    signs &&
      'const privateKey = JSON.parse(await readFile(process.env["PRIVATE_KEY"] ?? "private-key.json", "utf8"));',
    signs
      ? "const client = await signIn(new ClientMetadataProvider(privateKey));"
      : "const client = await signIn(new ClientMetadataProvider());",
    "console.log((await client.listTools()).tools.map((tool) => tool.name));",
    "await client.close();",
  );
}

/** Signs token requests, as the document says, and only where the server took the document. */
function assertion(algorithm: string): readonly string[] {
  return [
    "  readonly addClientAuthentication: AddClientAuthentication = async (_headers, parameters, url, metadata) => {",
    '    if (this.#client === undefined) throw new Error("Nobody knows this client yet.");',
    '    parameters.set("client_id", this.#client.client_id);',
    "    if (this.#client.client_id !== CLIENT_ID) {",
    "      // Registered, because this server does not support client metadata documents: it does not know the key.",
    '      if (this.#client.client_secret) parameters.set("client_secret", this.#client.client_secret);',
    "      return;",
    "    }",
    `    const alg = ${literal(algorithm)};`,
    "    const assertion = await new SignJWT()",
    `      .setProtectedHeader({ alg, kid: this.#privateKey.kid, typ: "${ASSERTION_TYPE.typ}" })`,
    "      .setIssuer(CLIENT_ID)",
    "      .setSubject(CLIENT_ID)",
    "      .setAudience(metadata?.issuer ?? url.toString())",
    "      .setIssuedAt()",
    '      .setExpirationTime("1m")',
    "      .setJti(crypto.randomUUID())",
    "      .sign(await importJWK(this.#privateKey, alg));",
    '    parameters.set("client_assertion", assertion);',
    '    parameters.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");',
    "  };",
    "",
  ];
}

/** Waits for the browser at a loopback redirect URI. */
const LISTEN: readonly string[] = [
  "/** Listens at the redirect URI until the browser comes back; resolves to the query. */",
  "function callback(authorizationUrl: URL | undefined): Promise<URLSearchParams> {",
  "  const { hostname, port, pathname } = new URL(REDIRECT_URI);",
  "  return new Promise((resolve, reject) => {",
  "    const server = createServer((request, response) => {",
  '      const url = new URL(request.url ?? "/", REDIRECT_URI);',
  "      if (url.pathname !== pathname) {",
  "        response.writeHead(404).end();",
  "        return;",
  "      }",
  '      response.end("You can close this page.");',
  "      server.close();",
  "      resolve(url.searchParams);",
  "    });",
  '    server.on("error", reject);',
  '    server.listen(Number(port), hostname.replace(/[[\\]]/g, ""), () => {',
  "      console.log(`Open ${authorizationUrl}`);",
  "    });",
  "  });",
  "}",
];

/** Any other redirect URI is answered by an application that this program is not. */
const ASK: readonly string[] = [
  "/** Asks for the URL that the browser came back to, which your application sees; resolves to the query. */",
  "async function callback(authorizationUrl: URL | undefined): Promise<URLSearchParams> {",
  "  console.log(`Open ${authorizationUrl}`);",
  "  const terminal = createInterface({ input: process.stdin, output: process.stdout });",
  '  const answer = await terminal.question("The URL you were sent back to: ");',
  "  terminal.close();",
  "  return new URL(answer).searchParams;",
  "}",
];

function atproto({ clientId, scope, redirectUri, signingAlgorithm }: ClientFacts): string {
  return lines(
    "import {",
    signingAlgorithm !== undefined && "  JoseKey,",
    "  NodeOAuthClient,",
    "  type NodeSavedSession,",
    "  type NodeSavedState,",
    "  OAuthClient,",
    '} from "@atproto/oauth-client-node";',
    "",
    "/** Keeps everything in memory; a real client keeps it in its database. */",
    "function memoryStore<T>() {",
    "  const values = new Map<string, T>();",
    "  return {",
    "    get: (key: string) => values.get(key),",
    "    set: (key: string, value: T) => void values.set(key, value),",
    "    del: (key: string) => void values.delete(key),",
    "  };",
    "}",
    "",
    signingAlgorithm === undefined
      ? "export async function createClient(): Promise<NodeOAuthClient> {"
      : lines(
          "/** @param privateKey the private key as JWK, with its kid */",
          "export async function createClient(privateKey: string): Promise<NodeOAuthClient> {",
        ).trimEnd(),
    "  return new NodeOAuthClient({",
    `    clientMetadata: await OAuthClient.fetchMetadata({ clientId: ${literal(clientId)} }),`,
    signingAlgorithm !== undefined && "    keyset: [await JoseKey.fromImportable(privateKey)],",
    "    stateStore: memoryStore<NodeSavedState>(),",
    "    sessionStore: memoryStore<NodeSavedSession>(),",
    "  });",
    "}",
    "",
    "/** Where to send the user; `input` is a handle, such as alice.example.com, or a server's URL. */",
    "export function startSignIn(client: NodeOAuthClient, input: string): Promise<URL> {",
    "  return client.authorize(input, {",
    `    redirect_uri: ${literal(redirectUri)},`,
    `    scope: ${literal(scope === "" ? "atproto" : scope)},`,
    "  });",
    "}",
    "",
    "/** Call it with the query of the request to the redirect URI. */",
    "export async function finishSignIn(client: NodeOAuthClient, query: URLSearchParams): Promise<string> {",
    "  const { session } = await client.callback(query);",
    "  return session.did;",
    "}",
  );
}

function lines(...all: readonly (string | false)[]): string {
  return `${all.filter((line) => line !== false).join("\n")}\n`;
}
