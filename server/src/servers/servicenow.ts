import { say } from "../localisation/say.js";
import { classifyRedirectUri } from "../redirects/classify.js";
import { comparedAsStrings } from "./behaviours/entryOutcomes.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import { commonUrlConstraints } from "./behaviours/urlConstraints.js";
import type { RedirectMatching, ServerProfile } from "./profile.js";

const COMPARED = comparedAsStrings(
  "the instance confirms that the redirect URI is an exact match of a redirect URI in the metadata",
);

const REDIRECTS: RedirectMatching = {
  ...COMPARED,
  entryOutcome(entry, context) {
    const { kind, pattern } = classifyRedirectUri(entry);
    if (pattern || (kind !== "loopback" && kind !== "loopback-https"))
      return COMPARED.entryOutcome?.(entry, context) ?? { outcome: "unknown" };
    return {
      outcome: "limited",
      rule: "client-id/operator-allowlist",
      message: say`An administrator has to turn on “Localhost redirection allowed”, and the whole text is compared, port included.`,
    };
  },
};

/** ServiceNow, from its documentation, in an instance whose administrator has registered the client in Live mode. */
export const servicenow: ServerProfile = {
  id: "servicenow",
  name: "ServiceNow",
  version: "docs of Australia (2026-06-22)",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  reach: {
    kind: "hosted",
    generallyAvailable: true,
    source:
      "https://www.servicenow.com/docs/r/australia/platform-security/authentication/configure-cimd-client.html",
    date: "2026-06-22",
  },
  evidence: [
    {
      what: "ServiceNow/ServiceNowDocs markdown/platform-security/authentication/configure-cimd-client.md @69860631e151",
      url: "https://github.com/ServiceNow/ServiceNowDocs/blob/69860631e1511c1837f1ba0f78a35f77c31370c7/markdown/platform-security/authentication/configure-cimd-client.md",
    },
    {
      what: "ServiceNow/ServiceNowDocs markdown/platform-security/authentication/cimd-inbound-integration-workflow.md @68c0d1123adf",
      url: "https://github.com/ServiceNow/ServiceNowDocs/blob/68c0d1123adff7b42cb3895bb987d74ab24265d6/markdown/platform-security/authentication/cimd-inbound-integration-workflow.md",
    },
  ],
  notExecuted: "closed",
  readCompletely: [],
  constraints: [
    ...commonUrlConstraints({ https: "the client ID is the HTTPS CIMD metadata URL" }),
    operatorAllowlist(
      "an instance doesn't accept clients on its own: an administrator registers each CIMD client",
    ),
  ],
  redirects: REDIRECTS,
  cache: { minimum: 3600, fallback: 3600, maximum: 3600, honours: [], stale: "unknown" },
  consent: {
    shows: ["client-name", "logo"],
    note: "An administrator can leave the page out.",
  },
};
