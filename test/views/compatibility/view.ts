import type { CompatibilityChoices, ToPage } from "../../../client/src/compatibility/messages.js";
import { FIRST_CHOICES } from "../../../client/src/compatibility/messages.js";
import { ClientMetadataDocument } from "../../../server/src/document/clientMetadataDocument.js";
import { evaluate } from "../../../server/src/servers/evaluate.js";
import { isGroup, type Target } from "../../../server/src/servers/groups.js";
import type { ServerProfile } from "../../../server/src/servers/profile.js";
import { SERVERS, serverById } from "../../../server/src/servers/servers.js";
import { buildCompatibilityView } from "../../../server/src/views/compatibility/buildCompatibilityView.js";
import type { CompatibilityView } from "../../../server/src/views/compatibility/compatibilityView.js";

/** Builds the view of a text, or of an object written as JSON, as the language server does. */
export function viewOf(
  document: string | object,
  targets: readonly string[] = [],
  servers: readonly ServerProfile[] = SERVERS,
): CompatibilityView {
  const text = typeof document === "string" ? document : JSON.stringify(document, undefined, 2);
  const read = new ClientMetadataDocument(text);
  return buildCompatibilityView(
    read,
    servers.map((server) => evaluate(read, server)),
    servers,
    targets.flatMap((name): Target[] => {
      const target = isGroup(name) ? name : serverById(name);
      return target ? [target] : [];
    }),
  );
}

/** What the extension sends to the page. */
export function frameOf(
  view: CompatibilityView,
  choices: Partial<CompatibilityChoices> = {},
  { documentName = "client.cimd.json", uri = "file:///client.cimd.json", locked = false } = {},
): Extract<ToPage, { type: "frame" }> {
  return {
    type: "frame",
    frame: { documentName, view },
    state: { uri, locked, choices: { ...FIRST_CHOICES, ...choices } },
  };
}
