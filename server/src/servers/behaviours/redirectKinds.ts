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
