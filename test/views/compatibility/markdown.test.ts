import { describe, expect, it } from "vitest";
import { compatibilityMarkdown } from "../../../client/src/compatibility/markdown.js";
import { FIRST_CHOICES } from "../../../client/src/compatibility/messages.js";
import { SERVERS } from "../../../server/src/servers/servers.js";
import { QUESTIONS } from "../../../server/src/views/compatibility/compatibilityView.js";
import { XSS_CORPUS } from "../../preview/xssCorpus.js";
import { viewOf } from "./view.js";

const DOCUMENT = {
  client_id: "https://notes.example.com/oauth/client.cimd.json",
  client_name: "Notes",
  redirect_uris: ["http://localhost:*/callback"],
  token_endpoint_auth_method: "none",
};

function markdownOf(
  document: object | string,
  filter = "",
  targets: readonly string[] = [],
  documentName = "client.cimd.json",
): string {
  const frame = { documentName, view: viewOf(document, targets) };
  return compatibilityMarkdown(frame, { ...FIRST_CHOICES, filter });
}

/** The cells of a row of a table: what stands between pipes that are not escaped. */
const cellsOf = (line: string): string[] => line.split(/(?<!\\)\|/).slice(1, -1);

const table = (markdown: string): string[] => markdown.split("\n").filter((line) => line.startsWith("|"));

describe("the copied table", () => {
  it("has a heading, the sum, and a line for every server", () => {
    const markdown = markdownOf(DOCUMENT);
    expect(markdown).toMatch(/^# Server compatibility of client\.cimd\.json\n\n\d+ of \d+ works? /);
    const [head, rule, ...rows] = table(markdown);
    expect(head).toBe("| Server | Document | Sign-in | Refresh | Token endpoint | Consent |");
    expect(rule).toBe("| --- | --- | --- | --- | --- | --- |");
    expect(rows).toHaveLength(SERVERS.length);
    for (const row of rows) expect(cellsOf(row)).toHaveLength(QUESTIONS.length + 1);
  });

  it("gives the reasons of what is bad, and only the word of what is not", () => {
    const [, , refusing] = table(markdownOf(DOCUMENT, "oidc-provider"));
    expect(refusing).toMatch(/^\| \*\*oidc-provider\*\* [\d.]+ \| ❌ Refused<br>redirect\\_uris must only/);
    const [, , working] = table(markdownOf(DOCUMENT, "fastmcp-3"));
    expect(cellsOf(working ?? "")[1]).toBe(" ✅ Loads ");
    expect(cellsOf(working ?? "")[3]).toContain("⚠️ No refresh<br>Unsupported grant type");
  });

  it("has the servers that are shown", () => {
    expect(table(markdownOf(DOCUMENT, "", ["keycloak", "clerk"]))).toHaveLength(4);
    expect(table(markdownOf(DOCUMENT, "no such server"))).toHaveLength(2);
  });

  it("says that a text cannot be read", () => {
    expect(markdownOf('{ "client_name": "Half')).toContain("The document cannot be read: ");
  });
});

describe("hostile texts", () => {
  const INJECTIONS = [
    "| a | b |",
    "a | **b** | c\n| d |",
    "\n\n# Heading\n\n",
    "[click](https://evil.invalid)",
    "![i](https://evil.invalid/i.png)",
    "<https://evil.invalid>",
    "`code` ``more``",
    "@everyone #1 owner/repo#2",
    "www.evil.invalid",
    "$\\unicode{x}$",
    "\\",
    "a\\|b",
    "\r| x",
    "\u2028| x",
    "\u202ereversed",
  ];

  it.each([...XSS_CORPUS, ...INJECTIONS])("%j stays text in its cell", (text) => {
    const document = {
      client_id: `https://notes.example.com/${text}`,
      client_name: text,
      logo_uri: text,
      client_uri: text,
      scope: text,
      redirect_uris: [text, `https://${text}/cb`, `http://localhost:*/${text}`],
      token_endpoint_auth_method: text,
      grant_types: [text],
    };
    const markdown = markdownOf(document, "", [], text);
    for (const row of table(markdown)) expect(cellsOf(row)).toHaveLength(QUESTIONS.length + 1);
    // Every line is ours: the heading, empty lines, the sum, the table.
    const others = markdown.split("\n").filter((line) => line !== "" && !line.startsWith("| "));
    expect(others).toHaveLength(2);
    expect(others[0]).toMatch(/^# Server compatibility of /);
    // The only markup of HTML is our line break; nothing is a link, an image or code, nobody is called.
    expect(markdown.replaceAll("<br>", "")).not.toMatch(/[<>]/);
    expect(markdown).not.toMatch(/(?<!\\)[[\]`]/);
    expect(markdown).not.toMatch(/(?<!\\):\/\//);
    expect(markdown).not.toMatch(/\bwww\./i);
    expect(markdown).not.toMatch(/[@#]\w/);
    expect(markdown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
  });
});
