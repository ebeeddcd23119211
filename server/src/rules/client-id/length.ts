import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { clientIdRule } from "./clientIdRule.js";

export const length = clientIdRule({
  id: "client-id/length",
  severity: "information",
  title: "client_id is short",
  why: "People read it on consent screens and the draft recommends a short one; django-allauth accepts at most 100 characters, Auth0 120 bytes, Logto 2,048 characters.",
  sources: [cimd("3")],
  stricter: "Some servers take no client_id of this length. Serve the document at a shorter URL.",
  bad: [`"client_id": «"https://app.acme.dev/${"oauth-".repeat(20)}client"»`],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ raw }) {
    if (raw.length <= 120) return undefined;
    return {
      severity: raw.length > 2048 ? "warning" : "information",
      message: say`\`client_id\` has ${raw.length} characters, and a short one is recommended (CIMD draft-03 §3). Serve the file under a shorter path.`,
    };
  },
});
