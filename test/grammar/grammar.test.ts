import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Token, tokenize } from "./tokenize.js";

/** The innermost scope of the first token with this text. */
async function scopeOf(json: string, text: string): Promise<string | undefined> {
  const tokens = await tokenize(json);
  return tokens.find((token) => token.text === text)?.scopes.at(-1);
}

function parts(tokens: readonly Token[]): [string, string][] {
  return tokens
    .filter(({ scopes }) => scopes.some((scope) => scope === "meta.url.cimd"))
    .map(({ text, scopes }) => [text, scopes.at(-1) ?? ""]);
}

describe("URLs", () => {
  it("tells scheme, host, port, path, query and fragment of client_id apart", async () => {
    const tokens = await tokenize('{ "client_id": "https://app.example.com:8443/oauth/client.json?v=1#x" }');
    expect(parts(tokens)).toEqual([
      ['"', "punctuation.definition.string.begin.json"],
      ["https", "keyword.other.scheme.cimd"],
      [":", "punctuation.separator.scheme.cimd"],
      ["//", "punctuation.separator.authority.cimd"],
      ["app.example.com", "entity.name.type.host.cimd"],
      [":", "punctuation.separator.port.cimd"],
      ["8443", "constant.numeric.port.cimd"],
      ["/oauth/client.json", "string.unquoted.path.cimd"],
      ["?", "punctuation.separator.query.cimd"],
      ["v=1", "variable.parameter.query.cimd"],
      ["#x", "invalid.deprecated.fragment.cimd"],
      ['"', "punctuation.definition.string.end.json"],
    ]);
  });

  it.each([
    ["http://localhost:*/cb", ["http", "localhost", "*", "/cb"]],
    ["https://*.example.com/cb", ["https", "*", ".example.com", "/cb"]],
    ["https://app.example.com/auth/*", ["https", "app.example.com", "/auth/", "*"]],
  ])("marks the wildcard in %s", async (uri, texts) => {
    const found = parts(await tokenize(`{ "redirect_uris": ["${uri}"] }`));
    expect(found.filter(([, scope]) => !scope.startsWith("punctuation")).map(([text]) => text)).toEqual(
      texts,
    );
    expect(found.find(([text]) => text === "*")?.[1]).toBe("keyword.control.wildcard.cimd");
  });

  it("reads IPv6 hosts, private-use schemes, userinfo and escaped slashes", async () => {
    expect(await scopeOf('{ "redirect_uris": ["http://[::1]:80/cb"] }', "[::1]")).toBe(
      "entity.name.type.host.cimd",
    );
    expect(await scopeOf('{ "redirect_uris": ["com.example.app:/cb"] }', "com.example.app")).toBe(
      "keyword.other.scheme.cimd",
    );
    expect(await scopeOf('{ "client_id": "https://me@h.example/c" }', "me")).toBe(
      "invalid.deprecated.userinfo.cimd",
    );
    expect(await scopeOf('{ "client_id": "https:\\/\\/h.example\\/c" }', "h.example")).toBe(
      "entity.name.type.host.cimd",
    );
  });

  it("says that a port which is neither digits nor * is wrong", async () => {
    expect(await scopeOf('{ "redirect_uris": ["http://localhost:3*/cb"] }', ":3*")).toBe(
      "invalid.illegal.port.cimd",
    );
  });

  it("leaves texts that only look like URLs alone", async () => {
    expect(parts(await tokenize('{ "client_name": "https://a.example/b" }'))).toEqual([]);
  });
});

describe("JSON", () => {
  it("knows names, numbers, constants and escapes", async () => {
    const json = '{ "a": [1.5e3, true, null, "x\\n\\q"] }';
    expect(await scopeOf(json, "a")).toBe("support.type.property-name.json");
    expect(await scopeOf(json, "1.5e3")).toBe("constant.numeric.json");
    expect(await scopeOf(json, "true")).toBe("constant.language.json");
    expect(await scopeOf(json, "\\n")).toBe("constant.character.escape.json");
    expect(await scopeOf(json, "\\q")).toBe("invalid.illegal.unrecognized-string-escape.json");
  });

  it.each([
    ["an open string", '{\n "client_name": "Foo\n "client_id": "https://h.example/c" }'],
    [
      "an open string in a URL",
      '{\n "client_uri": "https://x.example\n "client_id": "https://h.example/c" }',
    ],
    ["a missing comma", '{ "client_name": "Foo" "client_id": "https://h.example/c" }'],
    ["a missing value", '{ "client_name": , "client_id": "https://h.example/c" }'],
    ["a missing colon", '{\n "client_name" "Foo",\n "client_id": "https://h.example/c" }'],
    ["an open array", '{ "redirect_uris": ["http://127.0.0.1/cb", "client_id": "https://h.example/c" }'],
    ["a comment", '{ // hello "\n "client_id": "https://h.example/c" }'],
    ["single quotes", "{ 'a': 'b',\n \"client_id\": \"https://h.example/c\" }"],
    ["stray words", '{ foo bar "client_id": "https://h.example/c" }'],
    ["a trailing comma", '{ "a": [1,], "client_id": "https://h.example/c", }'],
    ["a bad escape", '{ "a": "\\x", "client_id": "https://h.example/c" }'],
    ["a half-typed member", '{ "scop\n "client_id": "https://h.example/c" }'],
  ])("colours what follows %s", async (_, json) => {
    expect(await scopeOf(json, "client_id")).toBe("support.type.property-name.json");
    expect(await scopeOf(json, "h.example")).toBe("entity.name.type.host.cimd");
  });
});

describe("examples", () => {
  const folder = fileURLToPath(new URL("../../examples", import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".json"),
  );

  it.each(files.filter((name) => !name.startsWith("broken")))("%s has nothing invalid", async (name) => {
    const tokens = await tokenize(readFileSync(`${folder}/${name}`, "utf8"));
    expect(tokens.filter(({ scopes }) => scopes.some((scope) => scope.startsWith("invalid")))).toEqual([]);
  });
});
