import { ciba } from "../specifications/sources.js";
import { ASYMMETRIC_SIGNATURES } from "./algorithms.js";
import type { Field } from "./field.js";

/** Client metadata of client-initiated backchannel authentication (CIBA Core §4). */
export const CIBA_FIELDS: readonly Field[] = [
  {
    name: "backchannel_token_delivery_mode",
    kind: "string",
    status: "other",
    values: [
      { value: "poll", summary: "The client asks until the answer is there." },
      { value: "ping", summary: "The server calls the client when the answer is there." },
      { value: "push", summary: "The server sends the tokens to the client." },
    ],
    closed: true,
    summary: "How the client gets the outcome of a sign-in that it started in the background.",
    examples: ["poll", "ping", "push"],
    spec: ciba("4"),
  },
  {
    name: "backchannel_client_notification_endpoint",
    kind: "url",
    https: true,
    status: "other",
    summary: "The address the server calls in the modes `ping` and `push`; needed in both.",
    examples: ["https://app.example.com/ciba/notify"],
    spec: ciba("4"),
  },
  {
    name: "backchannel_authentication_request_signing_alg",
    kind: "string",
    status: "other",
    values: ASYMMETRIC_SIGNATURES,
    summary: "The signature the client puts on its signed authentication requests.",
    examples: ["ES256", "RS256"],
    spec: ciba("4"),
  },
  {
    name: "backchannel_user_code_parameter",
    kind: "boolean",
    status: "other",
    default: false,
    summary: "Whether the client can send a secret code of the person with the request.",
    examples: [true],
    spec: ciba("4"),
  },
];
