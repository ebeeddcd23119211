import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

const UUID = /^(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const shape = defineRule({
  id: "software-id/shape",
  severity: "off",
  title: "software_id is a UUID",
  why: "RFC 7591 suggests a UUID so that two programs never have the same identifier; a name of your own is allowed.",
  sources: [rfc(7591, "2")],
  bad: ['"software_id": «"acme"»'],
  good: ['"software_id": "4f0c6f6e-5a0e-4a2b-9f0e-2d6c1c6f8b3a"'],
  check(document, report) {
    const node = document.string("software_id");
    if (!node || node.value === "" || UUID.test(node.value)) return;
    report({
      at: node,
      pointer: "/software_id",
      message: say`\`software_id\` should be unlike that of any other program; RFC 7591 §2 suggests a UUID. Generate one and keep it for all versions.`,
    });
  },
});
