import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { documentMethods, documentScopes } from "../document/requestMembers.js";
import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";

/** The metadata of an authorization server (RFC 8414 §2), as parsed JSON. */
export type ServerMetadata = Readonly<Record<string, unknown>>;

/** The strings of a metadata member, or undefined when it is absent or no array. */
export function strings(metadata: ServerMetadata, name: string): readonly string[] | undefined {
  const value = metadata[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : undefined;
}

/** Whether the server says that it takes client metadata documents: clients look for the boolean. */
export function advertisesDocuments(metadata: ServerMetadata): boolean {
  return metadata["client_id_metadata_document_supported"] === true;
}

/** Whether the server lists S256, which MCP clients must insist on. */
export function advertisesS256(metadata: ServerMetadata): boolean {
  return strings(metadata, "code_challenge_methods_supported")?.includes("S256") ?? false;
}

/** The token endpoint authentication methods that the server takes; RFC 8414 §2 has one for a server that lists none. */
export function methodsOf(metadata: ServerMetadata): readonly string[] {
  return strings(metadata, "token_endpoint_auth_methods_supported") ?? ["client_secret_basic"];
}

/** How a client metadata document and the metadata of a server go together. */
export interface Comparison {
  /** Why no client would get through with it there; one sentence each. */
  readonly blocks: readonly string[];
  /** What it asks for and the server does not advertise, or leaves out and would need. Some servers do more than they say. */
  readonly notes: readonly string[];
}

/** Of the MCP server: what its protected resource metadata (RFC 9728 §2) says. */
export interface ResourceFacts {
  /** The resource identifier that clients send as `resource`. */
  readonly resource: string;
  /** `scopes_supported`, where it is there. */
  readonly scopes: readonly string[] | undefined;
}

/**
 * Compares the request that a client with this document makes with what the server advertises. An advertised value is no
 * promise, and an absent list has the default RFC 8414 §2 gives it.
 *
 * @param text the document
 */
export function compareDocument(text: string, metadata: ServerMetadata, resource: ResourceFacts): Comparison {
  const document = new ClientMetadataDocument(text);
  const methods = compareMethods(document, metadata);
  return {
    blocks: [...clientIdBlocks(document), ...methods.blocks],
    notes: [
      ...methods.notes,
      ...grantNotes(document, metadata),
      ...responseTypeNotes(document, metadata),
      ...scopeNotes(document, metadata, resource),
      ...offlineAccessNotes(document, metadata),
      ...resourceNotes(metadata, resource),
      ...(metadata["require_pushed_authorization_requests"] === true
        ? [say`The server requires pushed authorization requests, which the client must be able to send.`]
        : []),
    ],
  };
}

/** MCP SDKs use a client metadata URL only when it is https and has a path that is not the root. */
function clientIdBlocks(document: ClientMetadataDocument): readonly string[] {
  const { clientId } = document;
  if (clientId?.scheme === "https" && clientId.path !== "" && clientId.path !== "/") return [];
  return [say`client_id is not an https URL with a path, so MCP client libraries do not offer it.`];
}

function compareMethods(document: ClientMetadataDocument, metadata: ServerMetadata): Comparison {
  const wanted = documentMethods(document);
  const listed = strings(metadata, "token_endpoint_auth_methods_supported");
  const supported = methodsOf(metadata);
  const common = wanted.filter((method) => supported.includes(method));
  const unnamed =
    document.has("token_endpoint_auth_method") || document.has("token_endpoint_auth_methods_supported")
      ? []
      : [
          say`The document does not name its token_endpoint_auth_method. That means "none", and some servers read client_secret_basic.`,
        ];
  const [used] = common;
  if (used === undefined) {
    return {
      blocks: [
        listed
          ? say`The server supports the token endpoint authentication methods ${list(listed)}, and the document wants ${list(wanted)}.`
          : say`The server does not say which token endpoint authentication methods it supports, which by default means client_secret_basic and not ${list(wanted)}.`,
      ],
      notes: unnamed,
    };
  }
  const preferred = document.string("token_endpoint_auth_method")?.value;
  return {
    blocks: [],
    notes: [
      ...unnamed,
      ...(preferred !== undefined && !common.includes(preferred)
        ? [
            say`The server does not list "${clip(preferred)}", the document's token_endpoint_auth_method. Its token_endpoint_auth_methods_supported has "${clip(used)}", but not every server reads that list.`,
          ]
        : []),
      ...(used === "private_key_jwt" ? algorithmNotes(document, metadata) : []),
    ],
  };
}

function algorithmNotes(document: ClientMetadataDocument, metadata: ServerMetadata): readonly string[] {
  const algorithm = document.string("token_endpoint_auth_signing_alg")?.value;
  const algorithms = strings(metadata, "token_endpoint_auth_signing_alg_values_supported");
  return algorithm !== undefined && algorithms && !algorithms.includes(algorithm)
    ? [
        say`The server supports the signing algorithms ${list(algorithms)}, and the document wants ${clip(algorithm)}.`,
      ]
    : [];
}

function grantNotes(document: ClientMetadataDocument, metadata: ServerMetadata): readonly string[] {
  const listed = strings(metadata, "grant_types_supported");
  const supported = listed ?? ["authorization_code", "implicit"];
  const grants = valuesOf(document, "grant_types");
  const missing = grants.filter((grant) => !supported.includes(grant));
  if (missing.length > 0)
    return [
      listed
        ? say`The document lists grant_types ${list(missing)}; the server supports ${list(supported)}.`
        : say`The document lists grant_types ${list(missing)}; the server has no grant_types_supported, which by default means ${list(supported)}.`,
    ];
  return supported.includes("refresh_token") && !grants.includes("refresh_token")
    ? [
        say`The server issues refresh tokens, and the document's grant_types lack refresh_token: people sign in again whenever the access token ends.`,
      ]
    : [];
}

function responseTypeNotes(document: ClientMetadataDocument, metadata: ServerMetadata): readonly string[] {
  const supported = strings(metadata, "response_types_supported");
  if (!supported) return [];
  const missing = valuesOf(document, "response_types").filter((value) => !supported.includes(value));
  return missing.length === 0
    ? []
    : [say`The document lists response_types ${list(missing)}; the server supports ${list(supported)}.`];
}

function scopeNotes(
  document: ClientMetadataDocument,
  metadata: ServerMetadata,
  resource: ResourceFacts,
): readonly string[] {
  const scopes = documentScopes(document);
  if (!scopes) return [];
  const supported = strings(metadata, "scopes_supported");
  const unknown = supported ? scopes.filter((value) => !supported.includes(value)) : [];
  const lacking = (resource.scopes ?? []).filter((value) => !scopes.includes(value));
  return [
    ...(unknown.length > 0 ? [say`The server does not advertise the scopes ${list(unknown)}.`] : []),
    ...(lacking.length > 0
      ? [
          say`Clients of the MCP server ask for the scopes ${list(lacking)}, which the document's scope does not list, so that some servers refuse them. List them, or leave scope out.`,
        ]
      : []),
  ];
}

/** OpenID Connect Core §11: `offline_access` is asked for with `prompt=consent`, else it is ignored. */
function offlineAccessNotes(document: ClientMetadataDocument, metadata: ServerMetadata): readonly string[] {
  if (!strings(metadata, "scopes_supported")?.includes("offline_access")) return [];
  if (!valuesOf(document, "grant_types").includes("refresh_token")) return [];
  const scopes = documentScopes(document);
  return scopes && !scopes.includes("offline_access")
    ? [
        say`The server lists the scope offline_access, which refresh tokens may need, and the document's scope does not.`,
      ]
    : [];
}

/** RFC 9728 §4: the resources that may be used with the authorization server. */
function resourceNotes(metadata: ServerMetadata, { resource }: ResourceFacts): readonly string[] {
  const resources = strings(metadata, "protected_resources");
  return resources && !resources.includes(resource)
    ? [
        say`Clients send resource=${clip(resource)}, and the server lists only the protected resources ${list(resources)}.`,
      ]
    : [];
}

function valuesOf(document: ClientMetadataDocument, member: string): readonly string[] {
  return document.strings(member).map(({ node }) => node.value);
}

function list(values: readonly string[]): string {
  return values.length === 0 ? "(none)" : clip(values.slice(0, 12).join(", "));
}
