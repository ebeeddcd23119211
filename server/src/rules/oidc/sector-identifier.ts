import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import { oidcCore, oidcRegistration } from "../../specifications/sources.js";
import { canonicalHost } from "../../uri/host.js";
import { defineRule } from "../rule.js";

/** The hosts of the https and http redirects, each once. */
function redirectHosts(document: ClientMetadataDocument): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { uri } of document.redirects) {
    if (uri.kind !== "claimed-https" || uri.pattern) continue;
    hosts.add(canonicalHost(uri.parts.host ?? "") ?? "");
  }
  return hosts;
}

export const sectorIdentifier = defineRule({
  id: "oidc/sector-identifier",
  severity: "error",
  title: "Pairwise subjects with several redirect hosts have a sector_identifier_uri",
  why: "A pairwise subject is formed per host. With several hosts the server cannot choose one, so a file has to say which belong together.",
  sources: [oidcCore("8.1", "PairwiseAlg"), oidcRegistration("5", "SectorIdentifierValidation")],
  bad: [
    '"subject_type": «"pairwise"», "redirect_uris": ["https://app.acme.dev/callback", "https://acme.dev/callback"]',
    '"subject_type": "pairwise", "sector_identifier_uri": «"http://app.acme.dev/sector.json"»',
  ],
  good: [
    '"subject_type": "pairwise"',
    '"subject_type": "pairwise", "redirect_uris": ["https://app.acme.dev/callback", "https://acme.dev/callback"], "sector_identifier_uri": "https://acme.dev/sector.json"',
  ],
  check(document, report) {
    const uri = document.string("sector_identifier_uri");
    if (uri && uri.value !== "" && !/^https:\/\/[^/]/i.test(uri.value.trim())) {
      report({
        at: uri,
        pointer: "/sector_identifier_uri",
        message: say`\`sector_identifier_uri\` must be an absolute https URL (OpenID Connect Registration §5). Use https.`,
      });
    }
    const type = document.string("subject_type");
    if (type?.value !== "pairwise" || !document.complete || document.has("sector_identifier_uri")) return;
    if (redirectHosts(document).size < 2) return;
    report({
      at: type,
      pointer: "/subject_type",
      message: say`With redirect URIs on several hosts, pairwise needs \`sector_identifier_uri\` (OpenID Connect Core §8.1). Add it, or use public.`,
    });
  },
});
