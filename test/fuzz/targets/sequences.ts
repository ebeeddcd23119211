import { type Analysis, analyseInSteps } from "../../../server/src/check/analyse.js";
import { finish } from "../../../server/src/document/steps.js";
import { DOCUMENT, exampleDocuments, MEMBERS } from "../seeds.js";
import { type FuzzTarget, holds } from "./target.js";

/** Stands between two texts of one document. */
export const NEXT_TEXT = "\n---\n";

/** The texts of one document, one after the other, as a person types them. */
export const sequences: FuzzTarget = {
  name: "sequences",
  holds: "what is taken over from the text before is what a fresh look finds",
  seeds: () => [
    ...MEMBERS.map((member) => [DOCUMENT, withMember(member), DOCUMENT].join(NEXT_TEXT)),
    ...exampleDocuments().map((text) =>
      [text, text.replace(/"[^"]*"(?=\s*[,}\]])/, '"changed"')].join(NEXT_TEXT),
    ),
  ],
  run(texts) {
    let earlier: Analysis | undefined;
    for (const text of texts.split(NEXT_TEXT)) {
      const analysis = finish(analyseInSteps(text, {}, { earlier }));
      const fresh = finish(analyseInSteps(text));
      for (const [at, verdict] of fresh.verdicts.entries()) {
        const taken = analysis.verdicts[at];
        holds(
          JSON.stringify(taken) === JSON.stringify(verdict),
          `${verdict.server} says the same`,
          () => `${JSON.stringify(taken)}\n${JSON.stringify(verdict)}`,
        );
      }
      holds(
        JSON.stringify(analysis.findings) === JSON.stringify(fresh.findings),
        "the problems are the same",
      );
      earlier = analysis;
    }
  },
};

/** The document with a member more, or with another value of one that it has. */
function withMember(member: string): string {
  const name = /^"((?:[^"\\]|\\.)*)"/.exec(member)?.[1] ?? "";
  const others = Object.entries(JSON.parse(DOCUMENT) as object)
    .filter(([other]) => other !== name)
    .map(([other, value]) => `${JSON.stringify(other)}: ${JSON.stringify(value)}`);
  return `{${[...others, member].join(", ")}}`;
}
