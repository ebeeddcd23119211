import type { Reach, ServerProfile } from "../profile.js";
import { DOCUMENT_MODEL } from "./documentModel.js";
import { FETCHING } from "./fetching.js";
import { FLOW } from "./flow.js";
import { type AuthorizeRules, redirectMatching } from "./signIn.js";

/** One line of FastMCP. */
export interface FastmcpLine {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** The commit of PrefectHQ/fastmcp that was read. */
  readonly commit: string;
  readonly authorize: AuthorizeRules;
  readonly reach?: Reach;
}

const AUTH = "fastmcp_slim/fastmcp/server/auth";
const FILES = ["cimd.py", "ssrf.py", "oauth_proxy/models.py", "oauth_proxy/ui.py", "providers/jwt.py"];

/**
 * The profile of a line of FastMCP's OAuth proxy in its default configuration: no allowlist of redirect URIs, no trusted
 * outbound proxy, no scopes of its own. The rules for documents are the same in both lines. Where the outcome depends on
 * the Python version, it is that of Python 3.11 and 3.12.
 */
export function fastmcpProfile({ id, name, version, commit, authorize, reach }: FastmcpLine): ServerProfile {
  const evidence = (file: string) => ({
    what: `PrefectHQ/fastmcp ${AUTH}/${file} @${commit.slice(0, 12)} (${version})`,
    url: `https://github.com/PrefectHQ/fastmcp/blob/${commit}/${AUTH}/${file}`,
  });
  return {
    id,
    name,
    version,
    kind: "mcp-server-framework",
    confidence: "read-source",
    audience: ["mcp"],
    ...(reach ? { reach } : {}),
    evidence: [evidence("redirect_validation.py"), ...FILES.map(evidence)],
    readCompletely: ["fetch", "document", "authorize", "token"],
    constraints: [...FETCHING, ...DOCUMENT_MODEL, ...FLOW],
    redirects: redirectMatching(authorize),
    // No lower and no upper bound. When a refresh fails, the stored client is used as it was, for any length of time.
    cache: {
      fallback: 3600,
      honours: ["max-age", "no-store", "no-cache", "Expires", "ETag", "Last-Modified"],
      stale: "kept",
    },
    consent: {
      shows: ["client-name", "client-id", "client-id-host", "redirect-uri", "scopes"],
      note: "The page shows the name (or the client_id), a badge with the verified domain, the full redirect URI, and behind “Advanced Details” the client_id and the scopes. The logo is the server's own; client_uri, tos_uri, policy_uri and contacts are never shown, and nothing warns of localhost.",
    },
  };
}
