import type { Constraint, Evidence, OlderRelease, Reach, ServerProfile } from "../profile.js";
import { documentModel, type NeedsHost } from "./documentModel.js";
import { FETCHING } from "./fetching.js";
import { type AssertionRules, flow } from "./flow.js";
import { type AuthorizeRules, redirectMatching } from "./signIn.js";

/** What a release of FastMCP does in its own way. */
export interface FastmcpRelease {
  readonly version: string;
  readonly needsHost: NeedsHost;
  readonly authorize: AuthorizeRules;
  readonly assertions: AssertionRules;
}

/** One line of FastMCP. */
export interface FastmcpLine {
  readonly id: string;
  readonly name: string;
  readonly reach?: Reach;
  readonly newest: FastmcpRelease;
  /** Older releases, the newest first, by the first version that does not behave so any more. */
  readonly before: readonly { readonly version: string; readonly release: FastmcpRelease }[];
}

const FILES = ["cimd.py", "ssrf.py", "oauth_proxy/models.py", "oauth_proxy/ui.py", "providers/jwt.py"];

function evidence({ version }: FastmcpRelease, file: string): Evidence {
  // Since 3.3 the code is a package of its own, which `fastmcp` depends on.
  const slim = !/^3\.[0-2]\./.test(version);
  const folder = `${slim ? "fastmcp_slim" : "src"}/fastmcp/server/auth`;
  return {
    what: `pypi:${slim ? "fastmcp-slim" : "fastmcp"}@${version} fastmcp/server/auth/${file}`,
    url: `https://github.com/PrefectHQ/fastmcp/blob/v${version}/${folder}/${file}`,
  };
}

function constraintsOf({ needsHost, assertions }: FastmcpRelease): readonly Constraint[] {
  return [...FETCHING, ...documentModel(needsHost), ...flow(assertions)];
}

/**
 * The profile of a line of FastMCP's OAuth proxy in its default configuration: no allowlist of redirect URIs, no trusted
 * outbound proxy, no scopes of its own. Where the outcome depends on the Python version, it is that of Python 3.11 and
 * 3.12.
 */
export function fastmcpProfile({ id, name, newest, before, reach }: FastmcpLine): ServerProfile {
  return {
    id,
    name,
    version: newest.version,
    kind: "mcp-server-framework",
    confidence: "read-source",
    audience: ["mcp"],
    ...(reach ? { reach } : {}),
    evidence: [evidence(newest, "redirect_validation.py"), ...FILES.map((file) => evidence(newest, file))],
    readCompletely: ["fetch", "document", "authorize", "token"],
    constraints: constraintsOf(newest),
    redirects: redirectMatching(newest.authorize),
    // No lower and no upper bound. Where a document cannot be fetched again, the client is unknown.
    cache: {
      fallback: 3600,
      honours: ["max-age", "no-store", "no-cache", "Expires", "ETag", "Last-Modified"],
      stale: "refused",
    },
    consent: {
      shows: ["client-name", "client-id", "client-id-host", "redirect-uri", "scopes"],
      note: "The page shows the name (or the client_id), a badge with the verified domain, the full redirect URI, and behind “Advanced Details” the client_id and the scopes. The logo is the server's own; client_uri, tos_uri, policy_uri and contacts are never shown, and nothing warns of localhost.",
    },
    changes: before.map(
      ({ version, release }): OlderRelease => ({
        before: version,
        constraints: constraintsOf(release),
        redirects: redirectMatching(release.authorize),
        source: evidence(
          release,
          release.needsHost === newest.needsHost ? "redirect_validation.py" : "cimd.py",
        ),
      }),
    ),
  };
}
