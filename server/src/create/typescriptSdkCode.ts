import { ASSERTION_TYPE } from "../metadata/authMethods.js";
import { classifyRedirectUri } from "../redirects/classify.js";
import { type ClientFacts, lines, literal, MCP_SERVER, requestedRedirectUri } from "./codeText.js";

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
export function mcpTypescriptSdk(facts: ClientFacts, major: 1 | 2): string {
  const sdk = major === 1 ? SDK_1 : SDK_2;
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
