import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { memoize } from "../../document/memoize.js";
import type { RedirectUri } from "../../redirects/classify.js";
import { hostKind } from "../../uri/host.js";
import { isWithinSite, siteOf } from "../../uri/site.js";
import { holdsPlaceholder } from "../document/placeholder.js";

/** Where browsers send the redirects of extensions: the path belongs to the browser. */
export const EXTENSION_HOST = /\.(?:chromiumapp\.org|extensions\.allizom\.org)$/;

/** The registrable domain of `client_id`, `""` when it has none. */
export const clientSite = memoize((document: ClientMetadataDocument): string => {
  const host = document.clientId?.host?.toLowerCase() ?? "";
  return hostKind(host) !== "name" || holdsPlaceholder(host) ? "" : siteOf(host);
});

/** The host of an https redirect that is not on the site of `client_id`, whose own rules speak for its hosts. */
export function foreignHost(
  { kind, host: written, pattern }: RedirectUri,
  document: ClientMetadataDocument,
): string | undefined {
  if (kind !== "claimed-https" || pattern || !written || written === document.clientId?.host)
    return undefined;
  const host = written.toLowerCase();
  const site = clientSite(document);
  return (site !== "" && isWithinSite(host, site)) || holdsPlaceholder(host) ? undefined : host;
}
