import { readFileSync } from "node:fs";
import path from "node:path";
import { checkDocument } from "../api/checkDocument.js";
import type { RuleSettings } from "../check/severities.js";
import { messageOf } from "../messageOf.js";
import { type FormatName, formatNamed } from "./formats/formats.js";
import { decode } from "./options.js";

/** One file to check. */
export interface CheckJob {
  /** As the person named it; `-` for standard input. */
  readonly file: string;
  /** Where it is served, if known. */
  readonly url: string | undefined;
  /** Its text, where it does not stand in the file system. */
  text: string | undefined;
}

/** What holds for all files; plain data, so that other threads can have it. */
export interface CheckRequest {
  readonly cwd: string;
  readonly servers: readonly string[] | "none" | undefined;
  readonly rules: RuleSettings;
  readonly format: FormatName;
  readonly colour: boolean;
}

/** What came of a file; plain data too. */
export type CheckOutcome =
  | {
      /** What the format writes of it. */
      readonly part: unknown;
      readonly errors: number;
      readonly warnings: number;
    }
  /** Why it cannot be read. */
  | { readonly failure: string };

/** Reads and checks one file. Synchronous: there is nothing else to do meanwhile, and it takes a third of the time. */
export function checkFile(
  job: CheckJob,
  { cwd, servers, rules, format, colour }: CheckRequest,
): CheckOutcome {
  const { file, url } = job;
  const read = job.text === undefined ? readText(file, cwd) : { text: job.text };
  if ("failure" in read) return read;
  const result = checkDocument(read.text, {
    ...(url === undefined ? {} : { url }),
    ...(servers === undefined ? {} : { servers }),
    rules,
  });
  let errors = 0;
  let warnings = 0;
  for (const { severity } of result.problems) {
    if (severity === "error") errors++;
    else if (severity === "warning") warnings++;
  }
  return { part: formatNamed(format).part({ path: file, ...result }, colour), errors, warnings };
}

function readText(file: string, cwd: string): { readonly text: string } | { readonly failure: string } {
  const absolute = path.resolve(cwd, file);
  try {
    return { text: decode(readFileSync(absolute)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EISDIR")
      return { failure: `${file} is a folder; name files or a glob.` };
    return {
      failure: `${absolute} cannot be read: ${messageOf(error)}`,
    };
  }
}
