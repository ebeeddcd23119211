// What the generator reads of the sources, in one bundle.
import { ClientMetadataDocument } from "../src/document/clientMetadataDocument.js";
import { clientMetadataJsonSchema } from "../src/metadata/jsonSchema.js";
import { DOCUMENT_SNIPPETS, snippetText } from "../src/metadata/snippets.js";
import { RULES } from "../src/rules/rules.js";
import { evaluate } from "../src/servers/evaluate.js";
import { CLIENT_LIBRARIES, SERVERS } from "../src/servers/servers.js";

export * as groups from "../src/servers/groups.js";
export {
  CLIENT_LIBRARIES,
  clientMetadataJsonSchema,
  DOCUMENT_SNIPPETS,
  evaluate,
  RULES,
  SERVERS,
  snippetText,
};

const BASE = {
  client_id: "https://app.acme.dev/oauth/client.json",
  client_name: "Acme",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};

/** Documents as people write them, for the README's matrix. */
export const TYPICAL_DOCUMENTS = [
  {
    title: "Web client, https redirect",
    members: { redirect_uris: ["https://app.acme.dev/callback"] },
  },
  {
    title: "Desktop client, portable: loopback without a port, `application_type` native",
    members: {
      redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"],
      application_type: "native",
    },
  },
  {
    title: "The same without `application_type`",
    members: { redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"] },
  },
  {
    title: "FastMCP's wildcard `http://localhost:*/callback`",
    members: { redirect_uris: ["http://localhost:*/callback"] },
  },
  {
    title: "No `token_endpoint_auth_method`",
    members: { redirect_uris: ["https://app.acme.dev/callback"], token_endpoint_auth_method: undefined },
  },
  {
    title: "Extra grant `jwt-bearer`",
    members: {
      redirect_uris: ["https://app.acme.dev/callback"],
      grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
    },
  },
  {
    title: "Private-use URI scheme `dev.acme.app:/callback`",
    members: { redirect_uris: ["dev.acme.app:/callback"], application_type: "native" },
  },
].map(({ title, members }) => ({
  title,
  document: new ClientMetadataDocument(JSON.stringify({ ...BASE, ...members })),
}));
