import type { ClientMetadataDocument } from "./clientMetadataDocument.js";
import { documentScopes } from "./requestMembers.js";

/** For whom a client metadata document is written, and whom an authorization server serves. */
export type Audience = "mcp" | "atproto" | "solid";

/** The context of a Solid-OIDC client identifier document. */
export const SOLID_CONTEXT = "https://www.w3.org/ns/solid/oidc-context.jsonld";

/** The context, and what is meant to be it. */
const NEARLY_SOLID_CONTEXT = /^https?:\/\/(?:www\.)?w3\.org\/ns\/solid\/oidc/;

/**
 * The audiences of a document: atproto where its scope has `atproto` or its tokens are bound by DPoP, Solid where it has
 * the Solid-OIDC context, misspelt or not, or the scope `webid`, else MCP.
 *
 * @see https://atproto.com/specs/oauth "Clients"
 * @see https://solidproject.org/TR/oidc#clientids-document
 */
export function audiencesOf(document: ClientMetadataDocument): readonly Audience[] {
  const scopes = documentScopes(document) ?? [];
  const bound = document.value("dpop_bound_access_tokens");
  const found: Audience[] = [];
  if (scopes.includes("atproto") || (bound?.type === "boolean" && bound.value)) found.push("atproto");
  if (scopes.includes("webid") || hasSolidContext(document)) found.push("solid");
  return found.length > 0 ? found : ["mcp"];
}

function hasSolidContext(document: ClientMetadataDocument): boolean {
  if (NEARLY_SOLID_CONTEXT.test(document.string("@context")?.value ?? "")) return true;
  return document.strings("@context").some(({ node }) => NEARLY_SOLID_CONTEXT.test(node.value));
}
