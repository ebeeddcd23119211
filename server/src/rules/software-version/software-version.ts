import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const withoutId = defineRule({
  id: "software-version/without-id",
  severity: "information",
  title: "software_version comes with software_id",
  why: "The version is that of the program which software_id names; alone it says nothing.",
  sources: [rfc(7591, "2")],
  bad: ['«"software_version"»: "2.1.0"'],
  good: ['"software_version": "2.1.0", "software_id": "4f0c6f6e-5a0e-4a2b-9f0e-2d6c1c6f8b3a"'],
  check(document, report) {
    const member = document.member("software_version");
    if (!member || !document.complete || document.has("software_id")) return;
    report({
      at: member.key,
      pointer: "/software_version",
      message: say`The version belongs to the program that \`software_id\` names (RFC 7591 §2), and there is none. Add \`software_id\`, or delete the version.`,
    });
  },
});
