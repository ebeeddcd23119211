import type { CheckResult } from "../../api/checkDocument.js";
import type { Sum } from "../../views/compatibility/summary.js";
import type { CliIo } from "../io.js";

export interface CheckedFile extends CheckResult {
  /** As the person named it; `-` for standard input. */
  readonly path: string;
  /** How many problems are not listed; absent where all are. */
  readonly omittedProblems?: number;
  /** What each server comes to, and whether the problems speak for it. */
  readonly sums: readonly { readonly server: string; readonly sum: Sum; readonly counted: boolean }[];
}

export interface Totals {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Writes the results of `cimd check` one file after the other. */
export interface ResultWriter<Part> {
  file(part: Part): void;
  end(totals: Totals): void;
}

/** One way to write results. */
export interface Format<Part> {
  /**
   * What of a file's result is written: plain data, which may come from another thread.
   *
   * @param colour whether the output may have colours
   */
  part(file: CheckedFile, colour: boolean): Part;
  writer(io: CliIo): ResultWriter<Part>;
}
