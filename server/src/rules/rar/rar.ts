import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const types = defineRule({
  id: "rar/types",
  severity: "information",
  title: "The server supports the types of rich authorization requests",
  why: "Which types there are is each server's business; one that offers none refuses a document that names some.",
  sources: [rfc(9396, "10")],
  portability: {
    message:
      "Some servers do not offer rich authorization requests of these types. Leave the member out for their users.",
  },
  bad: ['"authorization_details_types": «["payment_initiation"]»'],
  good: ['"client_name": "Acme"'],
});
