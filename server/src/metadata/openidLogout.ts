import { backChannelLogout, frontChannelLogout, rpInitiatedLogout } from "../specifications/sources.js";
import type { Field } from "./field.js";

/** Client metadata of the OpenID Connect logout specifications. */
export const OPENID_LOGOUT_FIELDS: readonly Field[] = [
  {
    name: "post_logout_redirect_uris",
    kind: "url[]",
    status: "registered",
    summary: "The addresses a server may send people to after they signed out.",
    examples: [["https://app.example.com/signed-out"]],
    spec: rpInitiatedLogout("3.1"),
  },
  {
    name: "frontchannel_logout_uri",
    kind: "url",
    status: "registered",
    summary: "A page the server loads in a hidden frame so that the client forgets the person's session.",
    examples: ["https://app.example.com/logout/frame"],
    spec: frontChannelLogout("2"),
  },
  {
    name: "frontchannel_logout_session_required",
    kind: "boolean",
    status: "registered",
    default: false,
    summary: "Whether the hidden frame's address has to carry the issuer and the session id.",
    examples: [true],
    spec: frontChannelLogout("2"),
  },
  {
    name: "backchannel_logout_uri",
    kind: "url",
    status: "registered",
    summary: "An address the server itself calls with a logout token when a session ends.",
    examples: ["https://app.example.com/logout/notify"],
    spec: backChannelLogout("2.2"),
  },
  {
    name: "backchannel_logout_session_required",
    kind: "boolean",
    status: "registered",
    default: false,
    summary: "Whether the logout token has to carry the session id.",
    examples: [true],
    spec: backChannelLogout("2.2"),
  },
];
