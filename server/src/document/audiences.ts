import type { ClientMetadataDocument } from "./clientMetadataDocument.js";

/** For whom a client metadata document is written, and whom an authorization server serves. */
export type Audience = "mcp" | "atproto" | "solid";

/** The context of a Solid-OIDC client identifier document. */
const SOLID_CONTEXT = "https://www.w3.org/ns/solid/oidc-context.jsonld";

/**
 * The audiences of a document: atproto where its scope has `atproto` or its tokens are bound by DPoP, Solid where it has
 * the Solid-OIDC context or the scope `webid`, else MCP.
 *
 * @see https://atproto.com/specs/oauth "Clients"
 * @see https://solidproject.org/TR/oidc#clientids-document
 */
export function audiencesOf(document: ClientMetadataDocument): readonly Audience[] {
  const scopes = document.string("scope")?.value.split(" ") ?? [];
  const bound = document.value("dpop_bound_access_tokens");
  const found: Audience[] = [];
  if (scopes.includes("atproto") || (bound?.type === "boolean" && bound.value)) found.push("atproto");
  if (scopes.includes("webid") || hasSolidContext(document)) found.push("solid");
  return found.length > 0 ? found : ["mcp"];
}

function hasSolidContext(document: ClientMetadataDocument): boolean {
  if (document.string("@context")?.value === SOLID_CONTEXT) return true;
  return document.strings("@context").some(({ node }) => node.value === SOLID_CONTEXT);
}
