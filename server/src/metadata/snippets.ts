/** A snippet in the form VS Code's JSON language service reads from `defaultSnippets`. */
export interface SchemaSnippet {
  readonly label: string;
  readonly description: string;
  /** JSON whose strings may hold `${1:placeholder}` tab stops. */
  readonly body: unknown;
}

/** A snippet that is a whole document. */
export interface DocumentSnippet extends SchemaSnippet {
  /** What a person types for it; the first is shown. */
  readonly prefixes: readonly [string, ...string[]];
}

// The whole URL is one tab stop, so that a pasted one takes its place.
const HOSTED_AT = "${1:https://app.example.com/oauth/client.cimd.json}";

const PUBLIC = {
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};

/** Whole documents, offered in an empty one. */
export const DOCUMENT_SNIPPETS: readonly DocumentSnippet[] = [
  {
    label: "MCP desktop client",
    prefixes: ["mcp-desktop", "cimd-desktop"],
    description:
      "Public client on the user's machine: MCP hosts, command lines, editors. Port-less loopback redirects, which most servers match with any port.",
    body: {
      client_id: HOSTED_AT,
      client_name: "${2:My MCP Client}",
      redirect_uris: ["http://127.0.0.1/${3:callback}", "http://localhost/${3:callback}"],
      application_type: "native",
      ...PUBLIC,
    },
  },
  {
    label: "MCP web client",
    prefixes: ["mcp-web", "cimd-web"],
    description: "Public client at an https address of its own.",
    body: {
      client_id: HOSTED_AT,
      client_name: "${2:My Web Client}",
      client_uri: "${3:https://app.example.com/}",
      redirect_uris: ["${4:https://app.example.com/callback}"],
      application_type: "web",
      ...PUBLIC,
    },
  },
  {
    label: "MCP web client with private_key_jwt",
    prefixes: ["mcp-web-confidential", "cimd-private-key-jwt"],
    description:
      "Confidential client that signs its token requests. The private key stays on the server; jwks_uri publishes the public one.",
    body: {
      client_id: HOSTED_AT,
      client_name: "${2:My Web Client}",
      client_uri: "${3:https://app.example.com/}",
      redirect_uris: ["${4:https://app.example.com/callback}"],
      application_type: "web",
      ...PUBLIC,
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "${5|ES256,RS256,EdDSA|}",
      jwks_uri: "${6:https://app.example.com/oauth/jwks.json}",
    },
  },
  {
    label: "atproto web client",
    prefixes: ["atproto-web", "cimd-atproto"],
    description:
      "Public client in the browser for AT Protocol servers: scope atproto, tokens bound with DPoP.",
    body: {
      client_id: "${1:https://app.example.com/client-metadata.json}",
      client_name: "${2:My App}",
      client_uri: "${3:https://app.example.com/}",
      redirect_uris: ["${4:https://app.example.com/callback}"],
      application_type: "web",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      scope: "${5:atproto transition:generic}",
      token_endpoint_auth_method: "none",
      dpop_bound_access_tokens: true,
    },
  },
];

/** A document as the text of a snippet; the editor turns the tabs into its own indentation. */
export function snippetText({ body }: DocumentSnippet): string {
  return `${JSON.stringify(body, null, "\t")}\n$0`;
}

/** Values of single members, offered behind the colon. */
export const MEMBER_SNIPPETS: Readonly<Record<string, readonly SchemaSnippet[]>> = {
  redirect_uris: [
    {
      label: "Loopback pair",
      description: "Both names of the user's machine, on every port.",
      body: ["http://127.0.0.1/${1:callback}", "http://localhost/${1:callback}"],
    },
    {
      label: "Web callback",
      description: "A page of the client's own site.",
      body: ["${1:https://app.example.com/callback}"],
    },
    {
      label: "Private-use scheme",
      description: "A scheme that only the installed client answers, made from a domain name of yours.",
      body: ["${1:com.example.app}:/${2:callback}"],
    },
  ],
};
