/** A snippet in the form VS Code's JSON language service reads from `defaultSnippets`. */
export interface SchemaSnippet {
  readonly label: string;
  readonly description: string;
  /** JSON whose strings may hold `${1:placeholder}` tab stops. */
  readonly body: unknown;
}

const HOSTED_AT = "https://${1:app.example.com}/${2:oauth/client.json}";

/** Whole documents, offered in an empty one. */
export const DOCUMENT_SNIPPETS: readonly SchemaSnippet[] = [
  {
    label: "Desktop or command-line client",
    description: "Public client on the user's machine, with loopback redirects for every port.",
    body: {
      client_id: HOSTED_AT,
      client_name: "${3:Example Client}",
      client_uri: "https://${1:app.example.com}/",
      redirect_uris: ["http://127.0.0.1/${4:callback}", "http://localhost/${4:callback}"],
      application_type: "native",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    },
  },
  {
    label: "Web client with a key",
    description: "Confidential client on a server, which signs with a private key.",
    body: {
      client_id: HOSTED_AT,
      client_name: "${3:Example Client}",
      client_uri: "https://${1:app.example.com}/",
      redirect_uris: ["https://${1:app.example.com}/${4:oauth/callback}"],
      application_type: "web",
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "${5|ES256,RS256|}",
      jwks_uri: "https://${1:app.example.com}/${6:oauth/jwks.json}",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    },
  },
  {
    label: "atproto web client",
    description: "Public client on a server for the AT Protocol, with DPoP.",
    body: {
      client_id: "https://${1:app.example.com}/${2:oauth-client-metadata.json}",
      client_name: "${3:Example Client}",
      client_uri: "https://${1:app.example.com}",
      redirect_uris: ["https://${1:app.example.com}/${4:oauth/callback}"],
      application_type: "web",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      scope: "atproto",
      dpop_bound_access_tokens: true,
    },
  },
];

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
      body: ["https://${1:app.example.com}/${2:oauth/callback}"],
    },
    {
      label: "Private-use scheme",
      description: "A scheme that only the installed client answers, made from a domain name of yours.",
      body: ["${1:com.example.app}:/${2:callback}"],
    },
  ],
};
