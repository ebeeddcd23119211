import { clip, describeValue } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import { CLIENT_LIBRARIES } from "../../servers/servers.js";
import { type Exchange, membersOf } from "../exchange.js";
import { type Finding, failed, type Judgement, judgement, note } from "../findings.js";
import type { Memory } from "../memory.js";
import type { RehearsedDocument } from "../rehearsedDocument.js";

/** A client that registers instead of naming its document, and why it does. */
export function judgeRegistration(
  { body }: Exchange,
  { clientId = "" }: RehearsedDocument,
  { seen }: Memory,
): Judgement {
  const findings: Finding[] = [
    failed(
      say`The client registers itself (RFC 7591) instead of sending the URL of its document as client_id.`,
    ),
    note(reason(clientId, seen.has("server-metadata"))),
  ];
  const { client_name: name, redirect_uris: redirects } = membersOf({ status: 200, headers: {}, body });
  if (name !== undefined || redirects !== undefined)
    findings.push(
      note(
        say`It registers as ${describeValue(name ?? null)} with the redirect URIs ${describeValue(redirects ?? [])}.`,
      ),
    );
  return judgement("registration", findings, note(""));
}

function reason(clientId: string, readMetadata: boolean): string {
  if (!readMetadata)
    return say`It has not read the authorization server's metadata, so it cannot know that client metadata documents are supported.`;
  const refusing = CLIENT_LIBRARIES.find(({ refusesUrl }) => refusesUrl(clientId) !== undefined);
  if (refusing)
    return say`The document's client_id is not a URL that clients accept. ${refusing.name} says: “${refusing.refusesUrl(clientId)}”`;
  return say`The metadata it read has \`client_id_metadata_document_supported: true\`. So the client has not been given the URL ${clip(clientId)} (\`clientMetadataUrl\` in the MCP TypeScript SDK, \`client_metadata_url\` in the Python one), or it does not know client metadata documents yet.`;
}
