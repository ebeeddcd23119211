import type { Evidence } from "../servers/profile.js";
import {
  advertisesDocuments,
  advertisesS256,
  methodsOf,
  type ServerMetadata,
  strings,
} from "./serverMetadata.js";

/** What of an authorization server's metadata decides whether a client uses a client metadata document there. */
export interface McpClient {
  readonly id: string;
  readonly name: string;
  /** The version or day that was read. */
  readonly version: string;
  /** Its user or developer gives it the URL of a document; the others bring a document of their own. */
  readonly givenByUser?: true;
  /** One of these token endpoint authentication methods must be listed; absent: the list is not looked at. */
  readonly methods?: readonly string[];
  /** Authenticates with the first method of the list, which therefore has to be `none`. */
  readonly takesFirstMethod?: true;
  /**
   * When it goes on: `listed` only where the metadata lists S256, `not-excluded` also where it lists no methods at all.
   * Absent: not known.
   */
  readonly pkce?: "listed" | "not-excluded";
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/**
 * MCP clients of which it is known how they choose. All of them want `client_id_metadata_document_supported: true`; without
 * it they register dynamically, and say nothing.
 */
export const MCP_CLIENTS: readonly McpClient[] = [
  {
    id: "claude",
    name: "Claude",
    version: "documentation of October 2026",
    methods: ["none"],
    evidence: [
      {
        what: "Claude documentation, authentication for connectors: DCR and CIMD details",
        url: "https://claude.com/docs/connectors/building/authentication",
      },
    ],
  },
  {
    id: "claude-code",
    name: "Claude Code",
    version: "documentation of October 2026",
    methods: ["none"],
    evidence: [
      {
        what: "Claude documentation: the same infrastructure backs Claude.ai, Claude Desktop, Claude mobile, Claude Code and Cowork",
        url: "https://claude.com/docs/connectors/building/authentication",
      },
    ],
  },
  {
    id: "chatgpt",
    name: "ChatGPT",
    version: "documentation and document of August 2026",
    methods: ["private_key_jwt", "none"],
    evidence: [
      {
        what: "OpenAI documentation, authentication: CIMD, and the token endpoint authentication methods to publish",
        url: "https://developers.openai.com/apps-sdk/build/auth",
      },
      {
        what: "django-oauth/django-oauth-toolkit#1857: its document offers none and private_key_jwt",
        url: "https://github.com/django-oauth/django-oauth-toolkit/issues/1857",
      },
    ],
  },
  {
    id: "codex",
    name: "Codex",
    version: "0.148 and later",
    methods: ["none"],
    evidence: [
      {
        what: "anomalyco/opencode#47743: the same rules as Codex",
        url: "https://github.com/anomalyco/opencode/pull/47743",
      },
    ],
  },
  {
    id: "opencode",
    name: "opencode",
    version: "commit 060b65a7a14f",
    methods: ["none"],
    pkce: "not-excluded",
    evidence: [
      {
        what: "anomalyco/opencode packages/core/src/mcp/oauth.ts @060b65a7a14f (authorize)",
        url: "https://github.com/anomalyco/opencode/blob/060b65a7a14f311cd0aac1836ca779e17d76b5d4/packages/core/src/mcp/oauth.ts",
      },
    ],
  },
  {
    id: "vscode",
    name: "VS Code",
    version: "main, December 2025 and later",
    evidence: [
      {
        what: "microsoft/vscode src/vs/workbench/api/browser/mainThreadAuthentication.ts (authClientIdMetadataUrl)",
        url: "https://github.com/microsoft/vscode/blob/main/src/vs/workbench/api/browser/mainThreadAuthentication.ts",
      },
    ],
  },
  {
    id: "zed",
    name: "Zed",
    version: "commit 04afc35b962e",
    pkce: "listed",
    evidence: [
      {
        what: "zed-industries/zed crates/context_server/src/oauth.rs @04afc35b962e (discover, determine_registration_strategy)",
        url: "https://github.com/zed-industries/zed/blob/04afc35b962e43e4e7b087a6c7a260e9f6f8f1de/crates/context_server/src/oauth.rs",
      },
    ],
  },
  {
    id: "goose",
    name: "Goose",
    version: "June 2026",
    evidence: [
      {
        what: "aaif-goose/goose#8550: servers that support it use it, others fall back to dynamic registration",
        url: "https://github.com/aaif-goose/goose/pull/8550",
      },
    ],
  },
  {
    id: "mcp-remote",
    name: "mcp-remote",
    version: "0.15.1",
    givenByUser: true,
    pkce: "not-excluded",
    evidence: [
      {
        what: "npm:mcp-remote@0.15.1 dist (clientIdMetadataDocument; --client-metadata-url)",
        url: "https://www.npmjs.com/package/mcp-remote/v/0.15.1?activeTab=code",
      },
    ],
  },
  {
    id: "mcp-typescript-sdk",
    name: "MCP TypeScript SDK",
    version: "@modelcontextprotocol/client 2.4.0, @modelcontextprotocol/sdk 1.32.2",
    givenByUser: true,
    pkce: "not-excluded",
    evidence: [
      {
        what: "npm:@modelcontextprotocol/client@2.4.0 dist (auth, startAuthorization)",
        url: "https://www.npmjs.com/package/@modelcontextprotocol/client/v/2.4.0?activeTab=code",
      },
    ],
  },
  {
    id: "mcp-python-sdk",
    name: "MCP Python SDK",
    version: "commit 0567b485c018",
    givenByUser: true,
    evidence: [
      {
        what: "modelcontextprotocol/python-sdk src/mcp/client/auth/utils.py @0567b485c018 (should_use_client_metadata_url)",
        url: "https://github.com/modelcontextprotocol/python-sdk/blob/0567b485c0189f5a9a34debcb9bf2c2db219e546/src/mcp/client/auth/utils.py",
      },
    ],
  },
  {
    id: "mcp-csharp-sdk",
    name: "MCP C# SDK",
    version: "June 2026",
    givenByUser: true,
    takesFirstMethod: true,
    evidence: [
      {
        what: "modelcontextprotocol/csharp-sdk#1612: it takes the first method the server lists",
        url: "https://github.com/modelcontextprotocol/csharp-sdk/issues/1612",
      },
      {
        what: "modelcontextprotocol/csharp-sdk#1023: support for CIMD",
        url: "https://github.com/modelcontextprotocol/csharp-sdk/pull/1023",
      },
    ],
  },
];

/** Why a client does not use a document, as far as the metadata tells. */
export type ClientReason = "no-flag" | "no-method" | "no-pkce" | "first-method";

/** What a client does at an authorization server. */
export interface ClientBehaviour {
  readonly client: string;
  readonly name: string;
  /** Its user or developer gives it the URL of a document; the others bring a document of their own. */
  readonly givenByUser: boolean;
  /**
   * `document`: it uses a client metadata document. `registers`: it registers dynamically instead, without saying so.
   * `fails`: it gives up, or its token request is refused. `unknown`: that is not known.
   */
  readonly outcome: "document" | "registers" | "fails" | "unknown";
  readonly reason?: ClientReason;
  readonly evidence: readonly string[];
}

/** Says of each client that is known what it does at an authorization server with this metadata. */
export function clientBehaviours(metadata: ServerMetadata): ClientBehaviour[] {
  return MCP_CLIENTS.map((client) => {
    const { id, name, givenByUser = false, evidence } = client;
    return {
      client: id,
      name,
      givenByUser,
      ...behaviour(client, metadata),
      evidence: evidence.map(({ url }) => url),
    };
  });
}

function behaviour(
  { methods, takesFirstMethod, pkce }: McpClient,
  metadata: ServerMetadata,
): Pick<ClientBehaviour, "outcome" | "reason"> {
  const supported = methodsOf(metadata);
  const instead = typeof metadata["registration_endpoint"] === "string" ? "registers" : "fails";
  if (!advertisesDocuments(metadata)) return { outcome: instead, reason: "no-flag" };
  if (methods && !methods.some((method) => supported.includes(method)))
    return { outcome: instead, reason: "no-method" };
  if (!advertisesS256(metadata)) {
    if (pkce === undefined) return { outcome: "unknown", reason: "no-pkce" };
    if (pkce === "listed" || strings(metadata, "code_challenge_methods_supported"))
      return { outcome: "fails", reason: "no-pkce" };
  }
  const first = strings(metadata, "token_endpoint_auth_methods_supported")?.[0];
  if (takesFirstMethod && first !== undefined && first !== "none")
    return { outcome: "fails", reason: "first-method" };
  return { outcome: "document" };
}
