import { cimd } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

/** Told by servers whose operator decides which clients there are. */
export const operatorAllowlist = defineRule({
  id: "client-id/operator-allowlist",
  severity: "hint",
  viewOnly: true,
  title: "The server's operator allows the client",
  why: "Some servers allow only the clients that match a list kept by their operator, whatever the document says. Ask for the host or URL to be added.",
  sources: [cimd("9.9")],
  portability: {
    message:
      "Some servers allow only the clients that their operator has listed. Ask the operator to add this one.",
  },
  bad: ['"client_id": «"https://app.acme.dev/oauth/client"»'],
  good: ['"client_name": "Acme"'],
});
