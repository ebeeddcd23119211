import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { EXAMPLE_HOST, holdsPlaceholder, TEMPLATES } from "../../server/src/rules/document/placeholder.js";
import { CREDENTIALS } from "../../server/src/rules/secret/secret.js";
import { suspectStrings } from "../../server/src/rules/stringValues.js";

const PATTERNS = [...TEMPLATES, EXAMPLE_HOST, ...CREDENTIALS.map(({ pattern }) => pattern)];

/** Texts that a pattern may find; its assertions, which fast-check cannot make texts for, are left out. */
function textsOf({ source }: RegExp): fc.Arbitrary<string> {
  const plain = source.replaceAll("\\b", "").replace(/\(\?[=!](?:[^()]|\([^()]*\))*\)/g, "");
  return fc.stringMatching(new RegExp(`^(?:${plain.replace(/^\^/, "")})$`));
}

function suspects(members: object): string[] {
  return suspectStrings(new ClientMetadataDocument(JSON.stringify(members))).map(({ pointer }) => pointer);
}

describe("the strings that rules about any value look at", () => {
  it.each(PATTERNS)("have among them all that %s finds", (pattern) => {
    fc.assert(
      fc.property(textsOf(pattern), (text) => {
        for (const written of [text, text.toUpperCase(), text.toLowerCase()]) {
          if (pattern.test(written)) expect(suspects({ client_name: written })).toEqual(["/client_name"]);
        }
      }),
    );
  });

  it.each(TEMPLATES)("have among them all templates that %s finds, inside any other text", (pattern) => {
    fc.assert(
      fc.property(fc.string(), textsOf(pattern), fc.string(), (before, template, after) => {
        const text = before + template + after;
        expect(holdsPlaceholder(text)).toBe(TEMPLATES.some((one) => one.test(text)));
      }),
    );
  });

  it("are also the empty ones and those with white space at an end, but not those of a key set", () => {
    const document = {
      client_name: "",
      scope: "read ",
      contacts: ["a@acme.dev", " b"],
      jwks: { keys: [""] },
    };
    expect(suspects(document)).toEqual(["/client_name", "/scope", "/contacts/1"]);
    expect(suspects({ client_name: "Acme", redirect_uris: ["https://app.acme.dev/cb"] })).toEqual([]);
  });
});
