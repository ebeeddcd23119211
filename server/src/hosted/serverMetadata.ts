import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";

/** The metadata of an authorization server (RFC 8414 §2), as parsed JSON. */
export type ServerMetadata = Readonly<Record<string, unknown>>;

/** The strings of a metadata member, or undefined when it is absent or no array. */
export function strings(metadata: ServerMetadata, name: string): readonly string[] | undefined {
  const value = metadata[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : undefined;
}

/**
 * What of a client metadata document the server does not advertise. An advertised value is no promise, and an absent list
 * has the default RFC 8414 §2 gives it.
 *
 * @param text the document
 * @returns one sentence each; `[]` when everything fits
 */
export function misfits(text: string, metadata: ServerMetadata): readonly string[] {
  const document = new ClientMetadataDocument(text);
  return [
    ...clientIdMisfits(document),
    ...methodMisfits(document, metadata),
    ...listMisfits(document, metadata, "grant_types", "grant_types_supported", [
      "authorization_code",
      "implicit",
    ]),
    ...listMisfits(document, metadata, "response_types", "response_types_supported", undefined),
    ...scopeMisfits(document, metadata),
    ...(metadata["require_pushed_authorization_requests"] === true
      ? [say`The server requires pushed authorization requests, which the client must be able to send.`]
      : []),
  ];
}

/** MCP SDKs use a client metadata URL only when it is https and has a path that is not the root. */
function clientIdMisfits(document: ClientMetadataDocument): readonly string[] {
  const { clientId } = document;
  if (clientId?.scheme === "https" && clientId.path !== "" && clientId.path !== "/") return [];
  return [say`client_id is not an https URL with a path, so MCP client libraries do not offer it.`];
}

function methodMisfits(document: ClientMetadataDocument, metadata: ServerMetadata): readonly string[] {
  const method = document.string("token_endpoint_auth_method")?.value;
  if (method === undefined)
    return [
      say`The document does not name its token_endpoint_auth_method, and servers differ in what that means.`,
    ];
  const supported = strings(metadata, "token_endpoint_auth_methods_supported");
  if (!supported) {
    return method === "client_secret_basic"
      ? []
      : [
          say`The server does not say which token endpoint authentication methods it supports, which by default means client_secret_basic and not ${clip(method)}.`,
        ];
  }
  if (!supported.includes(method)) {
    return [
      say`The server supports the token endpoint authentication methods ${list(supported)}, and the document wants ${clip(method)}.`,
    ];
  }
  const algorithm = document.string("token_endpoint_auth_signing_alg")?.value;
  const algorithms = strings(metadata, "token_endpoint_auth_signing_alg_values_supported");
  return algorithm !== undefined && algorithms && !algorithms.includes(algorithm)
    ? [
        say`The server supports the signing algorithms ${list(algorithms)}, and the document wants ${clip(algorithm)}.`,
      ]
    : [];
}

function listMisfits(
  document: ClientMetadataDocument,
  metadata: ServerMetadata,
  member: string,
  supportedMember: string,
  fallback: readonly string[] | undefined,
): readonly string[] {
  const supported = strings(metadata, supportedMember) ?? fallback;
  if (!supported) return [];
  const missing = document
    .strings(member)
    .map(({ node }) => node.value)
    .filter((value) => !supported.includes(value));
  return missing.length === 0
    ? []
    : [say`The document lists ${member} ${list(missing)}; the server supports ${list(supported)}.`];
}

function scopeMisfits(document: ClientMetadataDocument, metadata: ServerMetadata): readonly string[] {
  const supported = strings(metadata, "scopes_supported");
  const scope = document.string("scope")?.value;
  if (!supported || scope === undefined) return [];
  const missing = scope.split(" ").filter((value) => value !== "" && !supported.includes(value));
  return missing.length === 0 ? [] : [say`The server does not advertise the scopes ${list(missing)}.`];
}

function list(values: readonly string[]): string {
  return values.length === 0 ? "(none)" : clip(values.slice(0, 12).join(", "));
}
