import { isValueError, urlparse } from "../behaviours/pythonUrlparse.js";
import type { ClientLibrary } from "../profile.js";

const COMMIT = "57394b0548d1e2dc2dce8d67d84985769df3b8bb";
const FILE = "src/mcp/client/auth/utils.py";

/**
 * The MCP Python SDK: `is_valid_client_metadata_url` in its client. It never reads the document, and it asks for no host:
 * `https:/client.json` passes.
 */
export const mcpPythonSdk: ClientLibrary = {
  id: "mcp-python-sdk",
  name: "MCP Python SDK",
  version: "2.0.0 (main, 2026-08-20)",
  evidence: [
    {
      what: `modelcontextprotocol/python-sdk ${FILE} @${COMMIT.slice(0, 12)}`,
      url: `https://github.com/modelcontextprotocol/python-sdk/blob/${COMMIT}/${FILE}`,
    },
  ],
  refusesUrl(clientIdUrl) {
    const parsed = urlparse(clientIdUrl);
    if (!isValueError(parsed) && parsed.scheme === "https" && parsed.path !== "" && parsed.path !== "/")
      return undefined;
    return `client_metadata_url must be a valid HTTPS URL with a non-root pathname, got: ${clientIdUrl}`;
  },
};
