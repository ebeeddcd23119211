import { say } from "../../localisation/say.js";
import { atproto, cimd, rfc } from "../../specifications/sources.js";
import { offsetOf } from "../../uri/uriParts.js";
import { clientIdRule, isSolidLoopback } from "./clientIdRule.js";

export const port = clientIdRule({
  id: "client-id/port",
  severity: "information",
  title: "client_id uses the default port",
  why: "A port is allowed and part of the identity; atproto servers refuse one.",
  sources: [cimd("3"), atproto],
  bad: ['"client_id": "https://app.acme.dev:«8443»/oauth/client"'],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test(context) {
    const { parts } = context;
    const { port } = parts;
    if (port === undefined || !validPort(port) || Number(port) === 443) return undefined;
    if (isSolidLoopback(context)) return undefined;
    const start = offsetOf("port", parts);
    return {
      start,
      end: start + port.length,
      message: say`Port ${port} is part of the client's identity: it can never change without becoming another client. Serve the file on port 443 if you can.`,
    };
  },
});

export const portInvalid = clientIdRule({
  id: "client-id/port-invalid",
  severity: "error",
  title: "The port of client_id is a number from 1 to 65535",
  why: "No server can connect to any other port.",
  sources: [rfc(3986, "3.2.3")],
  bad: [
    '"client_id": "https://app.acme.dev:«0»/oauth/client"',
    '"client_id": "https://app.acme.dev:«99999»/oauth/client"',
    '"client_id": "https://app.acme.dev:«port»/oauth/client"',
  ],
  good: ['"client_id": "https://app.acme.dev/oauth/client"'],
  test({ parts }) {
    const { port } = parts;
    if (port === undefined || port === "" || validPort(port)) return undefined;
    const start = offsetOf("port", parts);
    return {
      start,
      end: start + port.length,
      message: say`The port of \`client_id\` must be a number from 1 to 65535 (RFC 3986 §3.2.3). Delete it, or write the right one.`,
    };
  },
});

function validPort(port: string): boolean {
  return /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535;
}
