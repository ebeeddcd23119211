// server/src/servers/proofs.ts: which profiles agree with a recorded run of the server's own code.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

/**
 * Reads the recorded runs of the newest release line of each server.
 *
 * @param {string} root the repository's folder
 * @returns {Map<string, { engine: string, version: string, cases: number, date: string }>} by the profile's id
 */
export function readProofs(root) {
  const engines = path.join(root, "test", "engines");
  const proofs = readdirSync(engines)
    .filter((id) => !id.includes("@"))
    .sort()
    .map((id) => ({ id, file: path.join(engines, id, "recorded.json.gz") }))
    .filter(({ file }) => existsSync(file))
    .map(({ id, file }) => {
      const run = JSON.parse(gunzipSync(readFileSync(file)).toString());
      return [id, { engine: run.package, version: run.version, cases: run.cases.length, date: run.date }];
    });
  return new Map(proofs);
}

/**
 * @param {ReturnType<typeof readProofs>} proofs
 * @returns {string} the module
 */
export function proofsModule(proofs) {
  const lines = [...proofs].map(([id, proof]) => {
    const members = Object.entries(proof).map(([name, value]) => `    ${name}: ${JSON.stringify(value)},\n`);
    return `  [\n    ${JSON.stringify(id)},\n    {\n${members.join("").replace(/^/gm, "  ").trimEnd()}\n    },\n  ],\n`;
  });
  return `// Written by \`npm run generate\` from the recorded runs in test/engines.
import type { Proof } from "./profile.js";

/** The recorded runs that profiles agree with, by the profile's id. */
export const PROOFS: ReadonlyMap<string, Proof> = new Map<string, Proof>([
${lines.join("")}]);
`;
}
