import { classifyRedirectUri } from "../redirects/classify.js";
import type { CodeLibrary } from "./codeLibraries.js";
import { type ClientFacts, lines, literal, MCP_SERVER, requestedRedirectUri } from "./codeText.js";
import { mcpTypescriptSdk } from "./typescriptSdkCode.js";

export interface ClientCode {
  /** VS Code's language id. */
  readonly language: "python" | "typescript";
  readonly code: string;
}

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
      return { language: "typescript", code: mcpTypescriptSdk(facts, 2) };
    case "mcp-typescript-sdk-1":
      return { language: "typescript", code: mcpTypescriptSdk(facts, 1) };
    case "atproto":
      return { language: "typescript", code: atproto(facts) };
  }
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
