import fc from "fast-check";
import { DOCUMENT, exampleDocuments, MEMBERS, URIS } from "./seeds.js";

/** Members of the rules' examples, mixed, so that problems of many rules stand in one document. */
const mixedDocument = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...MEMBERS), { minLength: 1, maxLength: 8 }),
    fc.constantFrom("", "\n  ", " ", "\r\n\t"),
  )
  .map(([members, space]) => `{${space}${members.join(`,${space}`)}${space}}`);

/** A text with some characters put in, taken out or doubled. */
function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      text,
      fc.array(fc.tuple(fc.nat(), fc.nat(20), fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 4 }),
    )
    .map(([start, edits]) => {
      let result = start;
      for (const [place, length, put] of edits) {
        const at = place % (result.length + 1);
        result = result.slice(0, at) + put + result.slice(at + length);
      }
      return result;
    });
}

/** Every member has any JSON value. */
const anyValues = fc
  .dictionary(
    fc.constantFrom(
      "client_id",
      "client_name",
      "redirect_uris",
      "jwks",
      "scope",
      "grant_types",
      "__proto__",
      "contacts",
    ),
    fc.jsonValue(),
  )
  .map((document) => JSON.stringify(document));

/** Documents: good, with mistakes, torn, and no documents at all. */
export const documents: fc.Arbitrary<string> = fc.oneof(
  mixedDocument,
  damaged(mixedDocument),
  damaged(fc.constantFrom(DOCUMENT, ...exampleDocuments())),
  anyValues,
  fc.json(),
  fc.string({ unit: "binary" }),
);

/** URIs as they are written, whole and torn. */
export const uris: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...URIS),
  damaged(fc.constantFrom(...URIS)),
  fc.webUrl({ withFragments: true, withQueryParameters: true, validSchemes: ["https", "http", "com.acme"] }),
  fc.string({ unit: "binary", maxLength: 40 }),
);

/** Lines of anything that a person may type. */
export const typedLines: fc.Arbitrary<string> = fc
  .array(fc.oneof(uris, fc.string({ unit: "binary", maxLength: 30 })), { minLength: 1, maxLength: 5 })
  .map((lines) => lines.join("\n"));

/** Keys and what stands in their place. */
export const keyTexts: fc.Arbitrary<string> = fc
  .array(
    fc.dictionary(
      fc.constantFrom(
        "kty",
        "crv",
        "alg",
        "use",
        "key_ops",
        "kid",
        "n",
        "e",
        "x",
        "y",
        "d",
        "k",
        "x5c",
        "x5t",
        "oth",
      ),
      fc.oneof(
        fc.constantFrom<unknown>("RSA", "EC", "OKP", "oct", "P-256", "Ed25519", "ES256", "sig", "AQAB", [
          "sign",
        ]),
        fc.base64String({ maxLength: 60 }),
        fc.jsonValue({ maxDepth: 1 }),
      ),
    ),
    { maxLength: 3 },
  )
  .map((keys) => keys.map((key) => JSON.stringify(key)).join(","));

/** Settings, of the right shape and not. */
export const settingsTexts: fc.Arbitrary<string> = fc
  .record(
    {
      servers: fc.oneof(fc.array(fc.constantFrom("fastmcp", "nobody", "__proto__")), fc.jsonValue()),
      rules: fc.oneof(
        fc.dictionary(fc.string({ maxLength: 8 }), fc.constantFrom("off", "error", "loud")),
        fc.jsonValue(),
      ),
      hosting: fc.oneof(fc.dictionary(fc.string({ maxLength: 8 }), uris), fc.jsonValue()),
      hosted: fc.oneof(
        fc.record({ timeout: fc.double(), allowPrivateNetwork: fc.boolean() }),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: [] },
  )
  .map((section) => JSON.stringify(section));
