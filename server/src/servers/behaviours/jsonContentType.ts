import { say } from "../../localisation/say.js";
import { servesPlainText } from "../../uri/host.js";
import { splitUri } from "../../uri/splitUri.js";
import type { Constraint } from "../profile.js";
import { onUrl } from "./constraintKinds.js";

/**
 * A server that looks at the content type and wants JSON gets nothing from a host that serves every file as text/plain.
 * What other hosts send shows only when the document is fetched (`hosted/serverFetching.ts`).
 */
export const JSON_CONTENT_TYPE: Constraint = onUrl(
  { id: "json-content-type", rule: "client-id/raw-host" },
  (url, report) => {
    if (servesPlainText(splitUri(url).host ?? ""))
      report(say`The host serves the document as text/plain, and the server accepts JSON only.`);
  },
);
