import { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { clip, describeValue } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import { describeDifference } from "../identity.js";
import { type Step, step } from "../report.js";

/**
 * `client_id` must be the URL the document was fetched from, character by character.
 *
 * @see OAuth Client ID Metadata Document -03 §4: simple string comparison
 */
export function identityStep(text: string, url: string): Step {
  const document = new ClientMetadataDocument(text, { url });
  const clientId = document.string("client_id")?.value;
  if (clientId === undefined) {
    return step("identity", "failed", say`The document has no client_id string, so no server accepts it.`, {
      fix: say`Add "client_id": ${describeValue(url)}.`,
    });
  }
  const difference = describeDifference(clientId, url);
  if (difference.length === 0)
    return step("identity", "passed", say`client_id is the URL, character by character.`);
  return step(
    "identity",
    "failed",
    say`client_id is not the URL it was fetched from: it has ${difference.join(", ")}.`,
    {
      fix: say`Make both the same string: set client_id to this URL, or check the URL that client_id names.`,
      details: [`client_id: ${clip(clientId)}`, `URL:       ${clip(url)}`],
    },
  );
}
