import { randomUUID } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { type AnalyseOptions, analyse } from "../check/analyse.js";
import { fixAllEdits } from "../languageFeatures/codeActions.js";
import { applyEdits } from "../rules/edits.js";

/** What the safe fixes make of a text. */
export interface FixedText {
  readonly text: string;
  /** The rule of each problem that is gone, in the order of the text. */
  readonly rules: readonly string[];
  /** Whether another run would fix more. */
  readonly isPart: boolean;
}

/** Fixes that overlap are made one after the other; a text needs as many rounds as most of them meet at one place. */
const MOST_ROUNDS = 10;

/** Makes the safe fixes, those of the editor's *Fix all*, until none is left. */
export function fixText(text: string, options: AnalyseOptions): FixedText {
  const before = analyse(text, options);
  let analysis = before;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const edits = fixAllEdits(analysis);
    if (edits.length === 0) break;
    analysis = analyse(applyEdits(analysis.document.text, edits), options);
  }
  const left = Map.groupBy(analysis.findings, ({ rule }) => rule);
  const rules = [...Map.groupBy(before.findings, ({ rule }) => rule)].flatMap(([rule, found]) =>
    Array<string>(Math.max(0, found.length - (left.get(rule)?.length ?? 0))).fill(rule),
  );
  return { text: analysis.document.text, rules, isPart: fixAllEdits(analysis).length > 0 };
}

/**
 * Replaces a file's text at once: who reads it meanwhile sees the old text or the new one, whatever happens. A link stays,
 * and what it leads to is replaced. A file that has several names or is of somebody else is written over, since a new one
 * would have one name and another owner.
 *
 * @throws {Error} where the file must not be written, or the folder takes no other file
 */
export function replaceFile(file: string, text: string): void {
  const target = realpathSync(file);
  accessSync(target, constants.W_OK);
  const written = path.join(path.dirname(target), `.cimd-${randomUUID()}.tmp`);
  try {
    writeFileSync(written, text, { flag: "wx", flush: true });
    const [old, fresh] = [statSync(target), statSync(written)];
    if (old.nlink === 1 && old.uid === fresh.uid && old.gid === fresh.gid) {
      chmodSync(written, old.mode);
      renameSync(written, target);
    } else writeFileSync(target, text, { flush: true });
  } finally {
    rmSync(written, { force: true });
  }
}
