import { checkHosted } from "../../../server/src/hosted/hostedCheck.js";
import { fakeFetcher } from "../../hosted/fakeFetcher.js";
import { DOCUMENT } from "../seeds.js";
import { type FuzzTarget, holds, parsed } from "./target.js";

const URL_OF_DOCUMENT = "https://app.acme.dev/oauth/client.json";

/**
 * What a hosted check makes of an answer: the status, header lines, an empty line and the body; each character up to U+00FF
 * of the body is one byte.
 */
export const hosted: FuzzTarget = {
  name: "hosted",
  holds: "every answer of the network ends in a report",
  seeds: () => [
    `200\ncontent-type: application/json\ncache-control: max-age=3600\n\n${DOCUMENT.replace(/[^\0-\x7f]/g, "")}`,
    "200\ncontent-type: text/html; charset=latin1\nset-cookie: a=b\n\n<html><title>Just a moment...</title>",
    "301\nlocation: https://elsewhere.example/\n\n",
    "200\nage: -1\nexpires: 0\ndate: never\nvary: *\ncontent-encoding: gzip\n\n\xef\xbb\xbf{}",
    "403\nserver: cloudflare\ncf-mitigated: challenge\n\n\xff\xfe{\0}\0",
    "200\n\n",
  ],
  async run(text) {
    const [head = "", ...rest] = text.split("\n\n");
    const [status = "", ...lines] = head.split("\n");
    const headers: Record<string, string[]> = Object.create(null);
    for (const line of lines.slice(0, 20)) {
      const [name = "", ...value] = line.split(":");
      // What Node's HTTP parser lets through (RFC 9110 §5.6.2, §5.5).
      if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) continue;
      const given = value
        .join(":")
        .trim()
        .replace(/[^\t\x20-\x7e\x80-\xff]/g, "");
      headers[name.toLowerCase()] = [...(headers[name.toLowerCase()] ?? []), given];
    }
    const code = Number.parseInt(status, 10);
    const body = Buffer.from(rest.join("\n\n"), text.includes("\u0100") ? "utf8" : "latin1");
    const { fetcher } = fakeFetcher({
      [URL_OF_DOCUMENT]: { status: code >= 100 && code <= 999 ? code : 200, headers, body },
    });
    const options = { fetcher, localText: text, extras: ["logo", "jwks", "links"] as const };
    const report = await checkHosted(URL_OF_DOCUMENT, options);
    holds(report.steps.length > 0, "a report has steps");
    holds(parsed(JSON.stringify(report)) !== undefined, "a report is JSON");
    const failed = report.steps.some(({ state }) => state === "failed");
    holds(report.ok !== failed, "a report is good exactly when no step failed", () =>
      JSON.stringify(report.steps.map(({ id, state }) => `${id} ${state}`)),
    );
    for (const { sentence } of report.steps) holds(sentence.trim() !== "", "a step says something");
  },
};
