import { classifyRedirectUri } from "../../redirects/classify.js";
import { wildcardRule } from "./entryOutcomes.js";

/** The rule about a redirect URI whose scheme, or host for http, a server does not take. */
export function refusedKindRule(uri: string): string {
  const { kind } = classifyRedirectUri(uri);
  switch (kind) {
    case "loopback":
      return wildcardRule(uri) ?? "redirect-uris/loopback-refused";
    case "http":
      return wildcardRule(uri) ?? "redirect-uris/http-non-loopback";
    case "unsafe":
      return "redirect-uris/unsafe-scheme";
    case "relative":
      return "redirect-uris/absolute";
    default:
      return "redirect-uris/private-use-mixed";
  }
}

/** The rule about a redirect URI that no WHATWG URL parser takes. */
export function unparsableRule(uri: string): string {
  if (uri === "") return "redirect-uris/type";
  if (!/^[a-z][a-z0-9+.-]*:/i.test(uri)) return "redirect-uris/absolute";
  return wildcardRule(uri) ?? "redirect-uris/illegal-character";
}
