import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServerProfile } from "../../../server/src/servers/profile.js";
import { disagreement, refusedFor, refusingConstraints, unreached, without } from "./agreement.js";
import { type DocumentCase, documentCase } from "./documents.js";
import type { EngineAnswer } from "./engineAnswer.js";
import { runs, timeout } from "./runs.js";

interface Loading {
  /** Loads a document in the engine. */
  readonly load: (input: DocumentCase) => Promise<EngineAnswer>;
  /** {@link load} for generated documents, where the engine's words about some cannot be compared. */
  readonly loadGenerated?: (input: DocumentCase) => Promise<EngineAnswer>;
  readonly generated: number;
  /** Documents that one constraint alone refuses, by its id. */
  readonly proofs: Readonly<Record<string, readonly DocumentCase[]>>;
  /** Rule and place of everything that the proofs are refused for. */
  readonly reasons: Readonly<Record<string, unknown>>;
  readonly accepted: readonly DocumentCase[];
}

/** Tests that a profile says of documents what its engine does: of generated ones, proofs and accepted ones. */
export function describeLoading(title: string, profile: ServerProfile, loading: Loading): void {
  const { load, loadGenerated = load, generated, proofs, reasons, accepted } = loading;

  describe(title, () => {
    it(
      "generated ones, with the same words",
      async () => {
        await fc.assert(
          fc.asyncProperty(documentCase, async (input) => {
            expect(disagreement(profile, input, await loadGenerated(input))).toBeUndefined();
          }),
          runs(generated),
        );
      },
      timeout(generated),
    );

    it("has a generator that reaches every refusing constraint", () => {
      expect(unreached(profile, fc.sample(documentCase, { numRuns: 6000, seed: 7 }))).toEqual([]);
    });

    it("has a proof for every refusing constraint and for nothing else", () => {
      expect(Object.keys(proofs).sort()).toEqual(refusingConstraints(profile).sort());
    });

    it.each(Object.entries(proofs))("refuses for %s alone", async (id, inputs) => {
      for (const proof of inputs) {
        const answer = await load(proof);
        expect(disagreement(profile, proof, answer)).toBeUndefined();
        expect(disagreement(without(profile, id), proof, answer), proof.text).toBeDefined();
      }
    });

    it("names the rule and the place of every proof's fault", () => {
      const found = Object.entries(proofs).map(([id, inputs]) => [
        id,
        inputs.map((proof) => refusedFor(profile, proof)),
      ]);
      expect(Object.fromEntries(found)).toEqual(reasons);
    });

    it.each(accepted.map((input) => [input.text.slice(0, 300), input] as const))(
      "accepts %s",
      async (_, input) => {
        expect(await load(input)).toEqual({ loads: true });
        expect(disagreement(profile, input, { loads: true })).toBeUndefined();
      },
    );
  });
}
