import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import {
  type GoBodyOptions,
  GoStruct,
  type GoType,
  type GoValues,
} from "../../server/src/servers/behaviours/goJson.js";
import { match } from "../../server/src/servers/evaluate.js";
import { toolhive } from "../../server/src/servers/toolhive.js";

function decode(text: string, type: GoType, options?: GoBodyOptions): GoValues {
  const values = new GoStruct({ kind: type }, options).values(new ClientMetadataDocument(text));
  if (!values) throw new Error("No object.");
  return values;
}

describe("a document as Go's encoding/json decodes it", () => {
  it.each([
    ['{ "kind": "a" }', "a"],
    ['{ "Kind": "a" }', "a"],
    ['{ "\u212aind": "a" }', "a"],
    ['{ "kind": "a", "KIND": "b" }', "b"],
    ['{ "KIND": "a", "kind": "b" }', "b"],
    ['{ "kind": "a", "Kind": null }', "a"],
    ['{ "kind": null }', ""],
    ['{ "kinds": "a", "k\u0131nd": "a" }', ""],
    ["{}", ""],
  ])("a string: %s", (text, value) => {
    expect(decode(text, "string").text("kind")).toBe(value);
  });

  it.each([
    ['{ "kind": ["a", "b"] }', ["a", "b"]],
    ['{ "kind": ["a", "b"], "kind": [] }', []],
    ['{ "kind": ["a", "b"], "kind": null }', []],
    ['{ "kind": [null] }', [""]],
    ['{ "kind": ["a", "b"], "kind": ["c", null] }', ["c", "b"]],
    ['{ "kind": ["a", "b"], "kind": ["c"], "kind": [null, null] }', ["c", "b"]],
    ['{ "kind": ["a"], "kind": [], "kind": [null] }', [""]],
    ['{ "kind": ["a"], "kind": null, "kind": [null] }', [""]],
  ])("a list: %s", (text, value) => {
    expect(decode(text, "[]string").list("kind")).toEqual(value);
  });

  it.each<[GoType, string, boolean]>([
    ["*string", '""', true],
    ["*string", "null", false],
    ["*string", '"", "kind": null', false],
    ["*any", "{}", true],
    ["*any", "null", false],
    ["*int", "0", true],
    ["int64", "0", false],
    ["int64", "-0", false],
    ["int64", "9223372036854775807", true],
  ])("%s is there: %s", (type, value, there) => {
    const values = decode(`{ "kind": ${value} }`, type);
    expect(values.has("kind")).toBe(there);
    expect(values.misfits).toEqual([]);
  });

  it.each<[GoType, string, string]>([
    ["string", "1", "/kind"],
    ["string", '1, "kind": "a"', "/kind"],
    ["[]string", '"a"', "/kind"],
    ["[]string", '["a", 1]', "/kind/1"],
    ["[]string", '[["a"]]', "/kind/0"],
    ["*string", "true", "/kind"],
    ["int64", "1.0", "/kind"],
    ["int64", "1e2", "/kind"],
    ["int64", "9223372036854775808", "/kind"],
    ["int64", '"1"', "/kind"],
  ])("%s does not take %s", (type, value, pointer) => {
    expect(decode(`{ "kind": ${value} }`, type).misfits).toMatchObject([{ pointer }]);
  });

  it("says where a member is, as its name is written", () => {
    expect(decode('{ "KIND": ["a"] }', "[]string").pointer("kind", 0)).toBe("/KIND/0");
    expect(decode("{}", "string").pointer("kind")).toBeUndefined();
  });

  it("takes exact names only where it is told so", () => {
    expect(decode('{ "Kind": "a" }', "string", { exactNames: true }).text("kind")).toBe("");
  });

  it("reads no more bytes than it is told to", () => {
    const struct = new GoStruct({ kind: "string" }, { truncatedAt: 15 });
    expect(struct.isJson(new ClientMetadataDocument('{ "kind": "a" } and more'))).toBe(true);
    expect(struct.isJson(new ClientMetadataDocument('{ "kind": "ab" }'))).toBe(false);
  });

  it("reads redirect URIs under any spelling of the name", () => {
    const client = "https://app.acme.dev/oauth/client.json";
    const text = JSON.stringify({ client_id: client, REDIRECT_URIS: ["http://localhost/cb"] });
    const document = new ClientMetadataDocument(text, { url: client });
    expect(match(toolhive, document, "http://localhost:5000/cb")).toEqual({
      server: "toolhive",
      outcome: "allowed",
      matchedBy: "http://localhost/cb",
    });
  });

  it("nests 10,000 deep and no deeper", () => {
    const struct = new GoStruct({});
    const nested = (depth: number) =>
      new ClientMetadataDocument(`{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`);
    expect(struct.isJson(nested(10_000))).toBe(true);
    expect(struct.isJson(nested(10_001))).toBe(false);
  });
});
