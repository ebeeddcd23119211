import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { noRepetitions } from "../duplicates.js";
import { defineRule } from "../rule.js";

export const duplicate = defineRule({
  id: "redirect-uris/duplicate",
  severity: "warning",
  title: "Every redirect URI appears once",
  why: "A second copy changes nothing where it is accepted, and Auth0 refuses it.",
  sources: [rfc(7591, "2")],
  bad: ['"redirect_uris": ["https://app.acme.dev/callback", «"https://app.acme.dev/callback"»]'],
  good: ['"redirect_uris": ["https://app.acme.dev/callback", "https://app.acme.dev/callback/"]'],
  ...noRepetitions(
    "redirect_uris",
    () => say`This redirect URI is in the list already; Auth0 refuses repetitions. Delete it.`,
  ),
});
