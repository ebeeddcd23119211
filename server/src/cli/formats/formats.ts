import type { CheckResult } from "../../checkDocument.js";
import type { CliIo } from "../io.js";
import { github } from "./github.js";
import { json } from "./json.js";
import { sarif } from "./sarif.js";
import { text } from "./text.js";

export interface CheckedFile extends CheckResult {
  /** As the person named it; `-` for standard input. */
  readonly path: string;
}

export interface Totals {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Writes the results of `cimd check` one file after the other. */
export interface ResultWriter {
  file(file: CheckedFile): void;
  end(totals: Totals): void;
}

export const FORMATS = { text, json, sarif, github } as const satisfies Record<
  string,
  (io: CliIo) => ResultWriter
>;

export function isFormat(name: string): name is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, name);
}
