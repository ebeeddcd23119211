import { constraint } from "../behaviours/constraintKinds.js";
import { sizeLimit } from "../behaviours/documentConstraints.js";
import type { Constraint } from "../profile.js";
import { load, MAX_RESPONSE_SIZE } from "./loading.js";
import { type UrlRefusal, validateUrl } from "./ssrf.js";

/** The rule a URL's refusal belongs to. */
const RULES: Readonly<Record<UrlRefusal["requirement"], string>> = {
  parses: "client-id/absolute-url",
  https: "client-id/https",
  authority: "client-id/absolute-url",
  path: "client-id/path-required",
  "root-path": "client-id/root-path",
  port: "client-id/port-invalid",
  "host-name": "client-id/absolute-url",
  "public-address": "client-id/special-use-host",
};

/**
 * What stops FastMCP before it has the document. `is_cimd_client_id` decides which client ids are fetched at all; its
 * requirements are the first ones of `validate_url`.
 */
export const FETCHING: readonly Constraint[] = [
  ...(Object.keys(RULES) as UrlRefusal["requirement"][]).map(urlConstraint),
  sizeLimit(MAX_RESPONSE_SIZE, (bytes) => `Response too large: ${bytes} bytes (max ${MAX_RESPONSE_SIZE})`),
];

function urlConstraint(requirement: UrlRefusal["requirement"]): Constraint {
  return constraint(
    { id: `url-${requirement}`, stage: "fetch", rule: RULES[requirement] },
    (document, report) => {
      const { url } = load(document);
      const refusal = url === undefined ? undefined : validateUrl(url, { requirePath: true });
      if (refusal?.requirement !== requirement) return;
      report(refusal.message, document.string("client_id")?.value === url ? "/client_id" : undefined);
    },
  );
}
