import { say } from "../../localisation/say.js";
import { atproto, cimd, mcp, rfc } from "../../specifications/sources.js";
import { joinUri, offsetOf } from "../../uri/uriParts.js";
import { holdsPlaceholder } from "../document/text.js";
import type { Rule } from "../rule.js";
import { clientIdRule, isAtprotoLoopback } from "./clientIdRule.js";

/** Rules about which parts the client identifier URL has (CIMD draft-02 §3). */
export const partRules: readonly Rule[] = [
  clientIdRule({
    id: "client-id/https",
    severity: "error",
    title: "client_id is an https URL",
    why: "The identity of the client is the domain that TLS proves; over http anybody on the way could answer.",
    sources: [cimd("3"), mcp("client-registration")],
    bad: [
      '"client_id": "«http»://app.acme.dev/oauth/client"',
      '"client_id": "«ftp»://app.acme.dev/oauth/client"',
    ],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const scheme = parts.scheme ?? "";
      if (scheme.toLowerCase() === "https" || isAtprotoLoopback(parts)) return undefined;
      return {
        end: scheme.length,
        message: say`\`client_id\` uses ${scheme}, and servers only fetch https (CIMD draft-02 §3). Write https://.`,
      };
    },
    fix: ({ parts }) =>
      parts.scheme?.toLowerCase() === "http" ? joinUri({ ...parts, scheme: "https" }) : undefined,
    fixTitle: () => say`Use https`,
  }),
  clientIdRule({
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
        message: say`\`client_id\` must not carry a user name or password (CIMD draft-02 §3). Delete everything up to the \`@\`.`,
      };
    },
    fix: ({ parts }) => joinUri({ ...parts, userinfo: undefined }),
    fixTitle: () => say`Delete the credentials`,
  }),
  clientIdRule({
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
        message: say`\`client_id\` must not have a fragment (CIMD draft-02 §3). Delete the \`#\` and what follows.`,
      };
    },
    fix: ({ parts }) => joinUri({ ...parts, fragment: undefined }),
    fixTitle: () => say`Delete the fragment`,
  }),
  clientIdRule({
    id: "client-id/path-required",
    severity: "error",
    title: "client_id has a path",
    why: "The bare domain is not a document; the draft requires a path component.",
    sources: [cimd("3"), mcp("client-registration")],
    bad: ['"client_id": «"https://app.acme.dev"»', '"client_id": «"https://app.acme.dev?id=1"»'],
    good: ['"client_id": "https://app.acme.dev/client"'],
    test({ raw, parts }) {
      if (
        raw.includes("\\") ||
        holdsPlaceholder(raw) ||
        isAtprotoLoopback(parts) ||
        parts.path !== "" ||
        (parts.host ?? "") === ""
      )
        return undefined;
      return {
        message: say`\`client_id\` has no path, and servers refuse a bare domain (CIMD draft-02 §3). Add the file's path, such as /oauth/client.json.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/root-path",
    severity: "warning",
    title: "client_id has a path of its own",
    why: "The draft does not recommend `/` as the path; the MCP SDKs, FastMCP and atproto refuse it.",
    sources: [cimd("3")],
    bad: ['"client_id": "https://app.acme.dev«/»"'],
    good: ['"client_id": "https://app.acme.dev/client"'],
    test({ parts }) {
      if (parts.path !== "/") return undefined;
      const start = offsetOf("path", parts);
      return {
        start,
        end: start + 1,
        message: say`The path of \`client_id\` is only \`/\`, which is not recommended and which MCP clients refuse (CIMD draft-02 §3). Use a path such as /oauth/client.json.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/query",
    severity: "warning",
    title: "client_id has no query",
    why: "Every other spelling of the query is another client; some servers refuse a query altogether.",
    sources: [cimd("3")],
    bad: [
      '"client_id": "https://app.acme.dev/oauth/client«?v=2»"',
      '"client_id": "https://app.acme.dev/oauth/client«?»"',
    ],
    good: ['"client_id": "https://app.acme.dev/oauth/client-v2"'],
    test({ parts, raw }) {
      if (parts.query === undefined || parts.path === "") return undefined;
      const start = offsetOf("query", parts) - 1;
      return {
        start,
        end: Math.min(raw.length, start + 1 + parts.query.length),
        message: say`\`client_id\` should not have a query (CIMD draft-02 §3). Put what it says into the path, or leave it out.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/port",
    severity: "information",
    title: "client_id uses the default port",
    why: "A port is allowed and part of the identity; atproto servers refuse one.",
    sources: [cimd("3"), atproto],
    bad: ['"client_id": "https://app.acme.dev:«8443»/oauth/client"'],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const { port } = parts;
      if (port === undefined || !validPort(port) || Number(port) === 443) return undefined;
      const start = offsetOf("port", parts);
      return {
        start,
        end: start + port.length,
        message: say`Port ${port} is part of the client's identity: it can never change without becoming another client. Serve the file on port 443 if you can.`,
      };
    },
  }),
  clientIdRule({
    id: "client-id/default-port",
    severity: "warning",
    title: "client_id does not spell out the default port",
    why: "`:443` makes this another identifier than the same URL without it; FastMCP can never load such a document.",
    sources: [cimd("3")],
    bad: [
      '"client_id": "https://app.acme.dev«:443»/oauth/client"',
      '"client_id": "https://app.acme.dev«:»/oauth/client"',
    ],
    good: ['"client_id": "https://app.acme.dev/oauth/client"'],
    test({ parts }) {
      const { port } = parts;
      if (port === undefined || (port !== "" && port !== "443") || parts.scheme?.toLowerCase() !== "https")
        return undefined;
      const start = offsetOf("port", parts) - 1;
      return {
        start,
        end: start + 1 + port.length,
        message: say`The written-out default port makes this another client than the URL without it (CIMD draft-02 §3). Delete it.`,
      };
    },
    fix: ({ parts }) => joinUri({ ...parts, port: undefined }),
    fixTitle: () => say`Delete the default port`,
  }),
  clientIdRule({
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
  }),
];

function validPort(port: string): boolean {
  return /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535;
}
