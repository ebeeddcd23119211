import { analyse } from "../../server/src/check/analyse.js";
import type { ServerProfile } from "../../server/src/servers/profile.js";
import { SERVERS } from "../../server/src/servers/servers.js";
import { buildConsentView } from "../../server/src/views/consent/buildConsentView.js";
import type { ConsentChoices, ConsentView } from "../../server/src/views/consent/consentView.js";

/** A document that nothing is wrong with. */
export const GOOD = {
  client_id: "https://notes.example.com/oauth/client.cimd.json",
  client_name: "Example Notes",
  client_uri: "https://notes.example.com/",
  redirect_uris: ["http://127.0.0.1/callback", "https://notes.example.com/callback"],
  application_type: "native",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};

/** Builds the view of a text, or of an object written as JSON, as the language server does. */
export function viewOf(
  document: string | object,
  choices: Partial<ConsentChoices> = {},
  servers: readonly ServerProfile[] = SERVERS,
): ConsentView {
  const text = typeof document === "string" ? document : JSON.stringify(document, undefined, 2);
  const analysis = analyse(text, { servers: { mode: "none" } });
  return buildConsentView(analysis.document, analysis.findings, { server: "fastmcp", ...choices }, servers);
}
