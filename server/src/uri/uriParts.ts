import type { UriParts } from "./splitUri.js";

/** Where a part of the URL starts in the raw text. */
export function offsetOf(
  part: "authority" | "host" | "port" | "path" | "query" | "fragment",
  parts: UriParts,
): number {
  const afterScheme = (parts.scheme?.length ?? -1) + 1;
  const authority = afterScheme + 2;
  const host = authority + (parts.userinfo === undefined ? 0 : parts.userinfo.length + 1);
  const path = parts.authority === undefined ? afterScheme : authority + parts.authority.length;
  const query = path + parts.path.length + 1;
  switch (part) {
    case "authority":
      return authority;
    case "host":
      return host;
    case "port":
      return host + (parts.host?.length ?? 0) + 1;
    case "path":
      return path;
    case "query":
      return query;
    case "fragment":
      return parts.query === undefined ? query : query + parts.query.length + 1;
  }
}

/** Where the host of a URL with an authority stands in the raw text. */
export function hostRange(parts: UriParts): { start: number; end: number } {
  const start = offsetOf("host", parts);
  return { start, end: start + (parts.host?.length ?? 0) };
}

/** Puts the parts together again. */
export function joinUri(parts: UriParts): string {
  const userinfo = parts.userinfo === undefined ? "" : `${parts.userinfo}@`;
  const port = parts.port === undefined ? "" : `:${parts.port}`;
  const authority = parts.authority === undefined ? "" : `//${userinfo}${parts.host ?? ""}${port}`;
  const scheme = parts.scheme === undefined ? "" : `${parts.scheme}:`;
  const query = parts.query === undefined ? "" : `?${parts.query}`;
  const fragment = parts.fragment === undefined ? "" : `#${parts.fragment}`;
  return `${scheme}${authority}${parts.path}${query}${fragment}`;
}
