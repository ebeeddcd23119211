import type { ClientLibrary } from "../profile.js";

/**
 * The MCP TypeScript SDK: `isHttpsUrl` in its client. It never reads the document; it only decides whether the URL may
 * be a client id.
 */
export const mcpTypescriptSdk: ClientLibrary = {
  id: "mcp-typescript-sdk",
  name: "MCP TypeScript SDK",
  version: "@modelcontextprotocol/client 2.4.0, @modelcontextprotocol/sdk 1.32.2",
  evidence: [
    {
      what: "npm:@modelcontextprotocol/client@2.4.0 dist/index.mjs (isHttpsUrl)",
      url: "https://www.npmjs.com/package/@modelcontextprotocol/client/v/2.4.0?activeTab=code",
    },
    {
      what: "npm:@modelcontextprotocol/sdk@1.32.2 dist/esm/client/auth.js (isHttpsUrl)",
      url: "https://www.npmjs.com/package/@modelcontextprotocol/sdk/v/1.32.2?activeTab=code",
    },
  ],
  refusesUrl(clientIdUrl) {
    // An empty URL counts as none: the library then registers dynamically instead of refusing.
    if (clientIdUrl === "" || isHttpsUrl(clientIdUrl)) return undefined;
    return `clientMetadataUrl must be a valid HTTPS URL with a non-root pathname, got: ${clientIdUrl}`;
  },
};

function isHttpsUrl(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === "https:" && url.pathname !== "/";
}
