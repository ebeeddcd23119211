import { cimd, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { deletion } from "./foreignRule.js";

/** Told by servers that read a document with a fixed list of members. */
export const refused = defineRule({
  id: "unknown-field/refused",
  severity: "information",
  title: "A server knows every member",
  why: "Specifications have servers ignore members that they do not know, but some refuse the whole document for one, and their error speaks of something else.",
  sources: [rfc(7591, "2"), cimd("4")],
  sameAs: [
    "unknown-field/typo",
    "unknown-field/camel-case",
    "unknown-field/as-metadata",
    "unknown-field/prm",
  ],
  replaces: ["unknown-field/info", "unknown-field/client-id-expires-at"],
  portability: {
    message:
      "Keycloak 26.6 and 26.7 refuse a document with a member they do not know, and speak of a failed fetch. Delete the member for their users.",
    atName: true,
  },
  bad: ['«"token_endpoint_auth_methods_supported"»: ["none"]'],
  good: ['"software_id": "4f0c6f6e-5a0e-4a2b-9f0e-2d6c1c6f8b3a", "software_version": "2.1.0"'],
  fix: deletion,
});
