import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const userinfo = clientIdRule({
  id: "client-id/userinfo",
  severity: "error",
  title: "client_id has no user name or password",
  why: "The document is public, so credentials in its address are published; servers refuse such URLs.",
  sources: [cimd("3")],
  bad: [
    '"client_id": "https://«user:secret@»app.acme.dev/oauth/client"',
    '"client_id": "https://«@»app.acme.dev/oauth/client"',
  ],
  good: ['"client_id": "https://app.acme.dev/@acme/client"'],
  test({ parts }) {
    if (parts.userinfo === undefined) return undefined;
    const start = offsetOf("authority", parts);
    return {
      start,
      end: start + parts.userinfo.length + 1,
      message: say`\`client_id\` must not carry a user name or password (CIMD draft-03 §3). Delete everything up to the \`@\`.`,
    };
  },
  fix: ({ parts }) => joinUri({ ...parts, userinfo: undefined }),
  fixTitle: () => say`Delete the credentials`,
});
