import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { joinUri } from "../../uri/uriParts.js";

/** Longer ones are no help in a message. */
const MAX_SHOWN = 300;

/**
 * The `client_id` that stands for a document while developing: atproto servers make the client's metadata from its query,
 * where they read redirect URIs on the loopback addresses, and the scope.
 *
 * @see https://atproto.com/specs/oauth "Localhost Client Development"
 */
export function virtualClientId(document: ClientMetadataDocument): string {
  const written = document.string("client_id")?.value ?? "";
  const redirects = document.redirects
    .filter(({ uri }) => uri.kind === "loopback" && !uri.pattern)
    .map(({ uri }) =>
      uri.parts.host === "[::1]" ? uri.raw : joinUri({ ...uri.parts, scheme: "http", host: "127.0.0.1" }),
    );
  const scope = document.string("scope")?.value;
  const query = [
    ...redirects.map((uri) => `redirect_uri=${encodeURIComponent(uri.toWellFormed())}`),
    ...(scope === undefined ? [] : [`scope=${encodeURIComponent(scope.toWellFormed())}`]),
  ].join("&");
  if (query === "")
    return written.includes("?") ? "http://localhost?redirect_uri=…&scope=…" : "http://localhost";
  const clientId = `http://localhost?${query}`;
  return clientId.length > MAX_SHOWN ? "http://localhost?redirect_uri=…&scope=…" : clientId;
}
