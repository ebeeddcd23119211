import { cimd } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

/** Said where servers and their verdicts are put together (`check/causes.ts`). */
export const refusedByAll = defineRule({
  id: "document/refused-by-all",
  severity: "error",
  title: "At least one server that many people meet accepts the document",
  why: "A document that every server refuses signs nobody in. If your users are on other servers, name those in the setting cimd.servers.",
  sources: [cimd("4.2")],
  portability: { message: "No server accepts this document." },
  bad: [
    '"redirect_uris": «["http://localhost:*/callback", "com.example.app:/callback", "https://app.acme.dev/callback#"]»',
  ],
  good: ['"client_name": "Acme"'],
});
