import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const extra = defineRule({
  id: "grant-types/extra",
  severity: "information",
  sameAs: ["grant-types/unknown", "grant-types/implicit", "grant-types/password"],
  title: "The client uses authorization_code and refresh_token only",
  why: "Some servers leave out grants they do not offer to such clients; others refuse the whole document.",
  sources: [rfc(7591, "2")],
  portability: {
    message:
      "Some servers refuse a document that lists this grant. Leave it out if the client does not need it.",
  },
  bad: [
    '"grant_types": ["authorization_code", "refresh_token", «"urn:openid:params:grant-type:ciba"»], "backchannel_token_delivery_mode": "poll"',
  ],
  good: ['"grant_types": ["authorization_code", "refresh_token"]'],
});
