import { describe, expect, it } from "vitest";
import { analyse } from "../../server/src/check/analyse.js";
import { createDocument } from "../../server/src/create/createDocument.js";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { fixesOf } from "../../server/src/languageFeatures/codeActions.js";
import { DOCUMENT_SNIPPETS } from "../../server/src/metadata/snippets.js";
import { applyEdits } from "../../server/src/rules/edits.js";
import { expandExample } from "../../server/src/rules/example.js";
import { RULES } from "../../server/src/rules/rules.js";
import { knowsMember } from "../../server/src/servers/keycloak/clientRepresentation.js";

/** The members of a text that Keycloak refuses a document for. */
function unknownIn(text: string): string[] {
  const members = new ClientMetadataDocument(text).object?.members ?? [];
  return members.map(({ key }) => key.value).filter((name) => !knowsMember(name));
}

describe("what is written for people has no member that makes a server refuse", () => {
  it.each(DOCUMENT_SNIPPETS.map(({ label, body }) => [label, JSON.stringify(body)]))(
    "snippet %s",
    (_label, text) => {
      expect(unknownIn(text)).toEqual([]);
    },
  );

  it.each(["none", "private_key_jwt"] as const)("a portable document with %s", (authMethod) => {
    const text = createDocument({
      name: "Acme",
      redirectUris: ["http://localhost:*/cb"],
      clientUri: "https://app.acme.dev/",
      logoUri: "https://app.acme.dev/logo.png",
      contacts: ["dev@acme.dev"],
      tosUri: "https://app.acme.dev/terms",
      policyUri: "https://app.acme.dev/privacy",
      scope: "openid",
      jwksUri: "https://app.acme.dev/jwks.json",
      signingAlgorithm: "ES256",
      dpopBoundAccessTokens: true,
      authMethod,
      portable: true,
    });
    expect(unknownIn(text)).toEqual([]);
  });

  it("no fix adds one", () => {
    let tried = 0;
    for (const { id, bad, severity } of RULES) {
      // Solid's servers read nothing without `@context`, and its documents are for no other server.
      if (id === "solid/context") continue;
      for (const example of bad) {
        const { text } = expandExample(example);
        const before = unknownIn(text);
        if (before.length > 0) continue;
        const analysis = analyse(text, severity === "off" ? { rules: { [id]: "warning" } } : {});
        for (const finding of analysis.findings) {
          for (const { edits, title } of fixesOf(analysis, finding)) {
            tried++;
            expect(unknownIn(applyEdits(text, edits)), `${id}: ${title}`).toEqual([]);
          }
        }
      }
    }
    expect(tried).toBeGreaterThan(100);
  });
});
