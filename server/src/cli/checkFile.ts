import path from "node:path";
import { boundedResult } from "../api/bounded.js";
import { problemsOf, serverChoice } from "../api/checkDocument.js";
import { analyse } from "../check/analyse.js";
import type { RuleSettings } from "../check/severities.js";
import { clip } from "../document/valueText.js";
import { messageOf, traceOf } from "../messageOf.js";
import { sumOf } from "../views/compatibility/summary.js";
import type { FoundFile } from "./files.js";
import { fixText, replaceFile } from "./fixFile.js";
import { type FormatName, formatNamed } from "./formats/formats.js";
import type { CheckedFile } from "./formats/resultWriter.js";
import { readText } from "./readFile.js";

/** One file to check. */
export interface CheckJob extends FoundFile {
  /** Where it is served, if known. */
  readonly url: string | undefined;
  /** Its text, where it does not stand in the file system. */
  text: string | undefined;
}

/** What holds for all files; plain data, so that other threads can have it. */
export interface CheckRequest {
  readonly cwd: string;
  readonly servers: readonly string[] | "none" | undefined;
  /** Whose verdicts are printed: those of the servers that the problems speak for, or those of all. */
  readonly verdicts: "group" | "all";
  readonly rules: RuleSettings;
  readonly format: FormatName;
  readonly colour: boolean;
  /** Whether failures are told with their places in the code. */
  readonly verbose: boolean;
  /** Whether the safe fixes are made before, and whether the files get them. */
  readonly fix?: "write" | "dry-run" | undefined;
}

/** What fixing a file changed. */
export interface FixedFile {
  readonly path: string;
  /** The rule of each problem that is gone. */
  readonly rules: readonly string[];
  /** Whether another run would fix more. */
  readonly isPart: boolean;
  readonly before: string;
  readonly after: string;
}

/** What came of a file; plain data too. */
export type CheckOutcome =
  | {
      /** What the format writes of it. */
      readonly part: unknown;
      readonly errors: number;
      readonly warnings: number;
      /** Absent where nothing was fixed. */
      readonly fixed?: FixedFile;
    }
  /** Why it cannot be read or judged. */
  | { readonly failure: string; readonly trace?: string };

/** Reads and checks one file. One that cannot be judged costs nothing but itself. */
export function checkFile(job: CheckJob, request: CheckRequest): CheckOutcome {
  const { file, folder, text } = job;
  const read = text === undefined ? readText(path.resolve(request.cwd, file), file, folder) : { text };
  if ("failure" in read) return read;
  try {
    if (request.fix === undefined) return judge(job, read.text, request);
    return fixAndJudge(job, read.text, request);
  } catch (error) {
    return {
      failure: `${file} cannot be judged: ${clip(messageOf(error))}`,
      ...(request.verbose ? { trace: traceOf(error) } : {}),
    };
  }
}

/** Fixes a text before it is judged, and writes it where that is asked for. */
function fixAndJudge(job: CheckJob, before: string, request: CheckRequest): CheckOutcome {
  const { file, url } = job;
  // What cannot be decoded would be lost; UTF-16 has a zero in every other byte.
  if (/[\0\ufffd]/.test(before)) return { failure: `${file} is not UTF-8 throughout, so it is not fixed.` };
  const { servers, verdicts, rules, cwd, fix } = request;
  const { text: after, ...gone } = fixText(before, {
    url,
    servers: serverChoice(servers, verdicts),
    rules,
  });
  if (after === before) return judge(job, before, request);
  if (fix === "write") {
    const target = path.resolve(cwd, file);
    const now = readText(target, file, job.folder);
    if (!("text" in now) || now.text !== before)
      return { failure: `${file} was changed while it was checked, so it is not fixed.` };
    try {
      replaceFile(target, after);
    } catch (error) {
      return { failure: `${file} cannot be written: ${messageOf(error)}` };
    }
  }
  return { ...judge(job, after, request), fixed: { path: file, ...gone, before, after } };
}

function judge({ file, url }: CheckJob, text: string, request: CheckRequest): CheckOutcome {
  const { checked, errors, warnings } = checkText(text, { ...request, path: file, url });
  return { part: formatNamed(request.format).part(checked, request.colour), errors, warnings };
}

/** How a text is checked, whatever is made of the result. */
export interface CheckTextOptions extends Pick<CheckRequest, "servers" | "verdicts" | "rules"> {
  /** What the result calls it. */
  readonly path: string;
  /** Where it is served, if known. */
  readonly url: string | undefined;
  /** The size that the result may have, in bytes of JSON. */
  readonly mostBytes?: number;
}

/** Checks a text: the result is of a size that can be printed, the counts are of all that was found. */
export function checkText(
  text: string,
  { path, url, servers, verdicts, rules, mostBytes }: CheckTextOptions,
): { readonly checked: CheckedFile; readonly errors: number; readonly warnings: number } {
  const analysis = analyse(text, { url, servers: serverChoice(servers, verdicts), rules });
  const result = { problems: problemsOf(analysis), verdicts: analysis.verdicts };
  const counted = new Set(analysis.counted.map(({ server }) => server));
  const sums = analysis.verdicts.map((verdict) => ({
    server: verdict.server,
    sum: sumOf(verdict),
    counted: counted.has(verdict.server),
  }));
  let errors = 0;
  let warnings = 0;
  for (const { severity } of result.problems) {
    if (severity === "error") errors++;
    else if (severity === "warning") warnings++;
  }
  return { checked: { path, ...boundedResult(result, mostBytes), sums }, errors, warnings };
}
