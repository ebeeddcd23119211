import {
  type ClientMetadataDocument,
  MAX_BYTES,
  MAX_ENTRIES,
} from "../../document/clientMetadataDocument.js";
import { startOf } from "../../document/locate.js";
import { documentScopes } from "../../document/requestMembers.js";
import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

/** Bytes that the drafts recommend servers to read at most, and where most of them stop. */
const SIZE = { recommended: 5000, common: 5120, near: 4096 };

export const size = defineRule({
  id: "document/size",
  severity: "warning",
  title: "The document stays below 5 kilobytes",
  why: "The draft recommends that servers stop reading at 5 kilobytes: django-allauth stops at 2,048 bytes, Keycloak at 5,000, most others at 5,120. A longer document is an error there.",
  sources: [cimd("9.7")],
  stricter:
    "Some servers read no document of this size. Move keys to jwks_uri, or drop translations and contacts.",
  bad: [
    `=«{»"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none", "software_id": "${"a".repeat(4900)}"}`,
  ],
  good: [`"software_id": "${"a".repeat(3000)}"`],
  check(document, report) {
    const { byteLength } = document;
    if (document.tooLarge) {
      report({
        at: document.root ? startOf(document.root) : { offset: 0, end: 0 },
        pointer: "",
        severity: "error",
        message: say`The document has more than ${MAX_BYTES.toLocaleString("en-US")} bytes, which no known server reads (CIMD draft-03 §9.7); only its size and its syntax were checked. Move keys to jwks_uri, or drop translations and contacts.`,
      });
      return;
    }
    const isPartial = document.hasLongList;
    if (byteLength < SIZE.near && !isPartial) return;
    const bytes = byteLength.toLocaleString("en-US");
    const over = byteLength > SIZE.recommended;
    const at = document.root ? startOf(document.root) : { offset: 0, end: 0 };
    report({
      at,
      pointer: "",
      severity: !over
        ? "information"
        : byteLength > SIZE.common && !isAtproto(document)
          ? "error"
          : "warning",
      message: [
        over
          ? say`The document has ${bytes} bytes, and servers stop reading at 5,000 or 5,120 (CIMD draft-03 §9.7). Move keys to jwks_uri, or drop translations and contacts.`
          : say`The document has ${bytes} of the 5,000 bytes that servers read (CIMD draft-03 §9.7). Move keys to jwks_uri before it grows.`,
        ...(isPartial
          ? [say`Of longer lists, only the first ${MAX_ENTRIES} entries were looked at one by one.`]
          : []),
      ].join(" "),
    });
  },
});

/** atproto servers read far longer documents (512 KiB in @atproto/oauth-provider). */
function isAtproto(document: ClientMetadataDocument): boolean {
  return documentScopes(document)?.includes("atproto") ?? false;
}
