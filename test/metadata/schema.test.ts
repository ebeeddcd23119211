import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { getLanguageService, TextDocument } from "vscode-json-languageservice";
import { staleFiles } from "../../server/scripts/generate.mjs";
import { FIELDS } from "../../server/src/metadata/fields.js";
import { clientMetadataJsonSchema } from "../../server/src/metadata/jsonSchema.js";

const schema = clientMetadataJsonSchema();
const service = getLanguageService({});
service.configure({ allowComments: false, schemas: [{ uri: "test:schema", fileMatch: ["*"], schema }] });

async function diagnose(value: unknown): Promise<string[]> {
  const document = TextDocument.create("file:///client.json", "json", 1, JSON.stringify(value));
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  return found.map(({ message }) => String(message));
}

async function complete(text: string): Promise<string[]> {
  const offset = text.indexOf("|");
  const document = TextDocument.create("file:///client.json", "json", 1, text.replace("|", ""));
  const list = await service.doComplete(
    document,
    document.positionAt(offset),
    service.parseJSONDocument(document),
  );
  return (list?.items ?? []).map(({ label }) => label);
}

const good = {
  client_id: "https://app.example.com/client.json",
  client_name: "Example",
  "client_name#de": "Beispiel",
  redirect_uris: ["http://localhost:*/callback"],
  application_type: "native",
  "com.example.extra": [1],
};

describe("server/schema.json", () => {
  it("is what the registry gives: run `npm run generate` when this fails", async () => {
    expect(await staleFiles()).toEqual([]);
    const written = await readFile(new URL("../../server/schema.json", import.meta.url), "utf8");
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it("is a draft-07 schema with a description of every field", () => {
    expect(schema["$schema"]).toBe("http://json-schema.org/draft-07/schema#");
    const properties = schema["properties"] as Record<string, Record<string, unknown>>;
    expect(Object.keys(properties)).toEqual(FIELDS.map(({ name }) => name));
    for (const [name, property] of Object.entries(properties)) {
      expect(property["markdownDescription"], name).toContain("](https://");
    }
    expect(properties["client_secret"]).toMatchObject({ doNotSuggest: true });
    expect(properties["application_type"]).toMatchObject({ enum: ["native", "web"], default: "web" });
    expect(properties["default_max_age"]).toMatchObject({ type: "integer", minimum: 0 });
  });
});

describe("VS Code's JSON service with the schema", () => {
  it("has nothing to say about a good document, extensions and patterns included", async () => {
    expect(await diagnose(good)).toEqual([]);
  });

  it.each([
    ["no client_id", { ...good, client_id: undefined }, "client_id"],
    ["a string for an array", { ...good, redirect_uris: "https://app.example.com/" }, "array"],
    ["a number in an array of strings", { ...good, contacts: [1] }, "string"],
    ["a string for a boolean", { ...good, dpop_bound_access_tokens: "true" }, "boolean"],
    ["another type behind a language tag", { ...good, "client_name#fr": 1 }, "string"],
    ["a value outside a closed list", { ...good, application_type: "desktop" }, "native"],
    ["a negative age", { ...good, default_max_age: -1 }, "0"],
    ["a key set without keys", { ...good, jwks: {} }, "keys"],
    ["a key without a type", { ...good, jwks: { keys: [{}] } }, "kty"],
    ["an array", [good], "object"],
  ])("refuses %s", async (_, value, word) => {
    const found = await diagnose(value);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(word);
  });

  it("takes a value outside an open list", async () => {
    expect(await diagnose({ ...good, token_endpoint_auth_method: "https://example.com/own" })).toEqual([]);
    expect(await diagnose({ ...good, grant_types: ["urn:example:own"] })).toEqual([]);
  });

  it("offers fields, values and snippets, and nothing that is forbidden", async () => {
    const fields = await complete("{ | }");
    expect(fields).toContain("redirect_uris");
    expect(fields).not.toContain("client_secret");
    expect(fields).not.toContain("registration_access_token");
    const methods = await complete('{ "token_endpoint_auth_method": | }');
    expect(methods).toEqual(expect.arrayContaining(['"none"', '"private_key_jwt"']));
    expect(methods).not.toContain('"client_secret_basic"');
    expect(await complete('{ "redirect_uris": | }')).toContain("Loopback pair");
    expect(await complete("|")).toContain("MCP desktop client");
    expect(await complete('{ "jwks": { "keys": [ { | } ] } }')).toContain("crv");
  });
});
