import { describe, expect, it } from "vitest";
import { matchRedirectUri } from "../../server/src/api/matchRedirectUri.js";
import { analyse } from "../../server/src/check/analyse.js";
import { FIELDS } from "../../server/src/metadata/fields.js";

const nested = (open: string, inner: string, close: string, depth: number) =>
  open.repeat(depth) + inner + close.repeat(depth);

/** JSON texts of values that code tends to stumble over, whatever the member. */
const VALUES: readonly string[] = [
  "null",
  "true",
  "false",
  "0",
  "-0",
  "1e999",
  "-1e400",
  "5e-324",
  "1".repeat(5000),
  '""',
  '" "',
  '"constructor"',
  '"__proto__"',
  '"toString:/cb"',
  '"constructor:/cb"',
  '"hasOwnProperty"',
  '"\\ud800"',
  '"\\u0000\\u001b[31m"',
  '"your-client-id"',
  '"https://[::1"',
  '"https://a.dev:99999/%zz?#"',
  '"://"',
  `"${"a".repeat(5000)}"`,
  `"https://${"a.".repeat(200)}dev/cb"`,
  '"xn--\\ud83d\\ude00"',
  "[]",
  "[null]",
  '["constructor", "__proto__", "toString"]',
  '[{"toString": []}, [[]], -0, "constructor:/cb", "http://localhost:*/cb", "http://[::ffff:127.0.0.1]/"]',
  "{}",
  '{"toString": []}',
  '{"toString": null, "valueOf": {}, "toJSON": 1, "__proto__": {"a": 1}, "constructor": {"prototype": 1}}',
  '{"keys": {"toString": []}}',
  '{"keys": [{"kty": "constructor", "crv": "__proto__", "alg": "toString", "use": [], "key_ops": {}, "kid": -0, "x": {}, "n": []}]}',
  '{"keys": [null, [], {"kty": {"toString": 1}}, {"kty": "EC", "crv": ["P-256"], "x": "é", "y": 1}]}',
  nested("[", "", "]", 250),
  nested("[", "", "]", 5000),
  nested('{"a":', "1", "}", 250),
  nested('{"keys":[', "", "]}", 100),
];

const BASE: Readonly<Record<string, string>> = {
  client_id: '"https://app.acme.dev/oauth/client.json"',
  client_name: '"Acme"',
  redirect_uris: '["https://app.acme.dev/callback", "http://127.0.0.1/callback"]',
  token_endpoint_auth_method: '"none"',
};

/** A working document in which one member has another value. */
function documentWith(name: string, value: string): string {
  const members = Object.entries({ ...BASE, [name]: value });
  return `{${members.map(([member, text]) => `${JSON.stringify(member)}: ${text}`).join(", ")}}`;
}

const NAMES = [
  ...FIELDS.map((field) => field.name),
  "client_name#de",
  "$schema",
  "@context",
  "__proto__",
  "constructor",
  "toString",
  "Client_ID",
];

/** What a sentence has where a value is missing in it, or is no text. */
const UNFINISHED = [
  /\b(?:got|among|of|than|with|and|or|the):? *[.,;]/,
  /: *[.,;)]/,
  /\(\s*\)/,
  /\[object \w+\]/,
  /\b(?:undefined|NaN)\b/,
  / {2}/,
  /\.\.(?!\.)/,
  /\$\{|\{\d\}/,
];

/** Quotations of the document may hold anything. */
function withoutQuotations(message: string): string {
  return message.replace(/`[^`]*`|"(?:[^"\\]|\\.)*"|'[^']*'/g, "_");
}

describe("no value of any member makes a rule or a profile throw", () => {
  it.each(NAMES)("%s, and what is said of it is finished, in our own words", (name) => {
    const failures = new Set<string>();
    const texts = VALUES.flatMap((value) => [
      { value, text: documentWith(name, value) },
      { value, text: `{${JSON.stringify(name)}: ${value}}` },
    ]);
    for (const { value, text } of texts) {
      const of = value.slice(0, 60);
      const { document, findings, verdicts } = analyse(text, {
        servers: { mode: "default", verdicts: "all" },
        onRuleFailure: ({ rule, error }) => failures.add(`${rule} at ${of}: ${error}`),
        onServerFailure: ({ server, error }) => failures.add(`${server} at ${of}: ${error}`),
      });
      const words = new Set(verdicts.flatMap(({ reasons }) => reasons.map(({ message }) => message)));
      for (const { message, rule, offset, end } of findings) {
        if (typeof rule !== "string" || message.trim() === "" || offset > end || end > document.text.length)
          failures.add(`${rule} at ${of}: ${message}`);
        if (UNFINISHED.some((pattern) => pattern.test(withoutQuotations(message))))
          failures.add(`unfinished, ${rule} at ${of}: ${message}`);
        for (const said of words)
          if (withoutQuotations(message).includes(said)) failures.add(`a server's words, ${rule}: ${said}`);
      }
      for (const { server, reasons } of verdicts) {
        for (const { rule, message } of reasons) {
          if (typeof rule !== "string" || typeof message !== "string" || message.trim() === "")
            failures.add(`${server} says nothing (${rule}) of ${of}`);
          else if (/\[object \w+\]|\$\{|\{\d\}|\bgot: ?\.|\bamong ?\./.test(withoutQuotations(message)))
            failures.add(`${server} says ${message} (${rule}) of ${of}`);
        }
      }
    }
    expect([...failures]).toEqual([]);
  });

  it("nor a redirect URI of a request", () => {
    const text = documentWith(
      "redirect_uris",
      '["constructor:/cb", "http://localhost:*/cb", "__proto__://x"]',
    );
    const strings = VALUES.filter((value) => value.startsWith('"')).map(
      (value) => JSON.parse(value) as string,
    );
    for (const uri of strings) {
      for (const { server, reason } of matchRedirectUri(text, uri)) {
        expect(reason ?? "", `${server} of ${uri.slice(0, 60)}`).not.toMatch(/could not judge/);
      }
    }
  });
});
