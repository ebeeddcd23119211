import { splitUri, type UriParts } from "../../uri/splitUri.js";

const PLAIN = /^https?:\/\/(?:[A-Za-z0-9-]+\.)*[A-Za-z][A-Za-z0-9-]*(?::\d*)?(?:\/[\w.~/-]*)?$/;
const ILLEGAL = /[\0-\x20\x7f-\xa0"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})/;
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const NAME = new RegExp(`^(?:${LABEL}\\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.?$`);
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const IPV6 = /^\[[0-9A-Fa-f:.]+(?:%[\w.~-]+)?\]$/;

/** What `java.net.URI` makes of a text, as far as Keycloak looks. */
export type JavaUri =
  | { readonly malformed: true }
  | {
      readonly malformed: false;
      /** `getHost()`: nothing where the authority is no host and port of the server-based kind. */
      readonly host: string | undefined;
      readonly parts: UriParts;
    };

/**
 * Reads a URI as `java.net.URI` does. A port that is no number does not make it malformed: the authority then counts as
 * registry-based and has no host.
 *
 * Source: Java SE 21 API, class java.net.URI, "URI syntax and components" (legal characters, server-based and
 * registry-based authorities).
 */
export function javaUri(text: string): JavaUri {
  if (ILLEGAL.test(text) || text.indexOf("#") !== text.lastIndexOf("#")) return { malformed: true };
  const parts = splitUri(text);
  const { host, port } = parts;
  const isHost =
    host !== undefined &&
    (NAME.test(host) || IPV4.test(host) || IPV6.test(host)) &&
    (port === undefined || /^\d*$/.test(port));
  return { malformed: false, host: isHost ? host : undefined, parts };
}

/** Whether a text is certainly an address with a host; saves looking closer at long lists. */
export function isPlainAddress(text: string): boolean {
  return PLAIN.test(text);
}
