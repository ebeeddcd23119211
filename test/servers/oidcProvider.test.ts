import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { evaluate, isRefusal } from "../../server/src/servers/evaluate.js";
import { oidcProvider } from "../../server/src/servers/oidcProvider/oidcProvider.js";
import { type DocumentCase, documentCase } from "./support/documents.js";
import { loadInOidcProvider } from "./support/oidcProviderEngine.js";
import { runs, timeout } from "./support/runs.js";

const DOCUMENTS = 2500;

function predicted({ text, url }: DocumentCase) {
  const document = new ClientMetadataDocument(text, { url });
  const { verdict, reasons } = evaluate(document, oidcProvider);
  return {
    url: document.url ?? "https://client.example/none",
    verdict,
    refusals: reasons.filter(isRefusal).map(({ message }) => message),
  };
}

describe("oidc-provider", () => {
  it(
    "does with generated documents what the profile says, in the words it says",
    async () => {
      await fc.assert(
        fc.asyncProperty(documentCase, async (input) => {
          const { url, verdict, refusals } = predicted(input);
          const engine = await loadInOidcProvider(input.text, url);
          expect({ verdict, refusals }).toEqual({ verdict: engine.loads ? "accepts" : "refuses", refusals });
          if (!engine.loads && engine.words !== undefined && !input.text.includes("pairwise")) {
            expect(
              refusals.some((message) => message.startsWith(engine.words as string)) || { refusals, engine },
            ).toBe(true);
          }
        }),
        runs("oidc-provider, documents", DOCUMENTS),
      );
    },
    timeout(DOCUMENTS),
  );
});
