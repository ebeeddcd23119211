import { say } from "../../localisation/say.js";
import { cimd } from "../../specifications/sources.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { clientIdRule } from "./clientIdRule.js";

export const fragment = clientIdRule({
  id: "client-id/fragment",
  severity: "error",
  title: "client_id has no fragment",
  why: "A fragment is never sent to the host, so two identifiers would name one document; servers refuse it.",
  sources: [cimd("3")],
  bad: [
    '"client_id": "https://app.acme.dev/oauth/client«#v1»"',
    '"client_id": "https://app.acme.dev/oauth/client«#»"',
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client-v1"'],
  test({ raw, parts }) {
    if (parts.fragment === undefined) return undefined;
    return {
      start: offsetOf("fragment", parts) - 1,
      end: raw.length,
      message: say`\`client_id\` must not have a fragment (CIMD draft-03 §3). Delete the \`#\` and what follows.`,
    };
  },
  fix: ({ parts }) => joinUri({ ...parts, fragment: undefined }),
  fixTitle: () => say`Delete the fragment`,
});
