import { classifyRedirectUri } from "../redirects/classify.js";
import { eachRedirect } from "./behaviours/documentConstraints.js";
import { wildcardRule } from "./behaviours/entryOutcomes.js";
import { operatorAllowlist } from "./behaviours/operatorAllowlist.js";
import type { Constraint, ServerProfile } from "./profile.js";

const CONSTRAINTS: readonly Constraint[] = [
  operatorAllowlist("an incoming client_id that does not match any enabled CIMD policy is rejected"),
  eachRedirect("loopback", (uri) => {
    const { kind } = classifyRedirectUri(uri);
    if (kind !== "loopback" && kind !== "loopback-https") return undefined;
    return {
      message:
        "loopback redirect URIs, such as localhost, 127.0.0.1, or ::1, are blocked unless the policy has Allow Loopback Redirect URIs",
      rule: wildcardRule(uri) ?? "redirect-uris/loopback-refused",
    };
  }),
];

/** PingFederate with a CIMD policy whose URL pattern the client matches, from its documentation. */
export const pingfederate: ServerProfile = {
  id: "pingfederate",
  name: "PingFederate",
  version: "docs of 13.1 (2026-07-09)",
  kind: "authorization-server",
  confidence: "docs",
  audience: ["mcp"],
  evidence: [
    {
      what: "PingFederate 13.1 Administrator's Reference Guide, Configuring CIMD policies",
      url: "https://docs.pingidentity.com/pingfederate/13.1/administrators_reference_guide/pf_configuring_cimd_policies.html",
    },
  ],
  notExecuted: "closed",
  readCompletely: [],
  constraints: CONSTRAINTS,
  redirects: undefined,
  cache: undefined,
  consent: undefined,
};
