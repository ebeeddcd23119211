import {
  cimd,
  janssen,
  jsonSchemaKeyword,
  oidcProvider,
  posthog,
  solidOidc,
} from "../specifications/sources.js";
import { type Field, values } from "./field.js";

/** Names that no specification of client metadata defines, and that published documents have for a reason. */
export const SEEN_FIELDS: readonly Field[] = [
  {
    name: "response_modes",
    kind: "string[]",
    status: "other",
    values: values("query", "fragment", "form_post", "jwt", "query.jwt", "fragment.jwt", "form_post.jwt"),
    summary:
      "The ways in which authorization responses may reach this client. Only oidc-provider is known to read it.",
    examples: [["query"]],
    spec: oidcProvider,
  },
  {
    name: "client_id_expires_at",
    kind: "integer",
    status: "other",
    responseOnly: true,
    summary: "Only a note in the CIMD drafts, without a meaning so far. No server is known to read it.",
    examples: [1798761600],
    spec: cimd("4"),
  },
  {
    name: "com.posthog.verification_token",
    kind: "string",
    status: "other",
    summary:
      "PostHog's proof that a document belongs to a partner of theirs. Only PostHog is known to read it.",
    examples: ["phv_example"],
    spec: posthog,
  },
  {
    name: "com.posthog.scopes",
    kind: "any",
    status: "other",
    summary: "PostHog's own list of scopes for the client. Only PostHog is known to read it.",
    examples: [["project:read"]],
    spec: posthog,
  },
  {
    name: "spiffe_id",
    kind: "string",
    status: "other",
    summary: "The client's SPIFFE identity. Only Janssen Auth Server is known to read it.",
    examples: ["spiffe://example.com/notes"],
    spec: janssen,
  },
  {
    name: "spiffe_bundle_endpoint",
    kind: "url",
    status: "other",
    summary:
      "Where the keys of the client's SPIFFE trust domain are. Only Janssen Auth Server is known to read it.",
    examples: ["https://example.com/spiffe/bundle.json"],
    spec: janssen,
  },
  {
    name: "@context",
    kind: "any",
    status: "other",
    summary:
      "Makes the document JSON-LD. Solid-OIDC requires it, and Community Solid Server reads no members without it. Most other OAuth servers ignore it; Keycloak refuses the document.",
    examples: ["https://www.w3.org/ns/solid/oidc-context.jsonld"],
    spec: solidOidc("5.1", "clientids-document"),
  },
  {
    name: "$schema",
    kind: "string",
    status: "other",
    summary:
      "Tells editors which JSON Schema describes the file. Most servers ignore it; Keycloak refuses the document.",
    examples: ["./schema.json"],
    spec: jsonSchemaKeyword,
  },
  {
    name: "_comment",
    kind: "any",
    status: "other",
    summary:
      "A remark for people, as JSON has no comments. Anybody can read it. Most servers ignore it; Keycloak refuses the document.",
    examples: ["Deployed from the main branch."],
    spec: cimd("4"),
  },
];
