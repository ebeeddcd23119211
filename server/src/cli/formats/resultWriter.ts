import type { CheckResult } from "../../checkDocument.js";

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
