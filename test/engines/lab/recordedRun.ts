import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Answer, EngineCase, Outcome, Recipe } from "./cases.js";
import { type Engine, RECORDED_FILE } from "./engines.js";

/** One case with what the engine did. */
export interface RecordedCase extends EngineCase {
  readonly answer: Answer;
}

/** What an engine said, kept as data. */
export interface RecordedRun {
  /** Registry and name. */
  readonly package: string;
  readonly version: string;
  /** The day of the run, `2026-12-01`. */
  readonly date: string;
  readonly seed: number;
  readonly cases: readonly RecordedCase[];
}

/** As {@link RecordedRun} stands in the file: words and URLs once, and the cases in lines. */
interface File extends Omit<RecordedRun, "cases"> {
  readonly messages: readonly string[];
  readonly urls: readonly string[];
  /** URL, outcome, message, body, and what the request sends. */
  readonly cases: readonly (readonly [number, Outcome, number, Recipe, string?])[];
}

/** @returns the bytes of a file with a recorded run */
export function encodeRun({ cases, ...about }: RecordedRun): Buffer {
  const messages = new Set(cases.map(({ answer }) => answer.message));
  const urls = new Set(cases.map(({ url }) => url));
  const at = (set: Set<string>) => new Map([...set].map((text, index) => [text, index]));
  const [messageAt, urlAt] = [at(messages), at(urls)];
  const lines = cases.map(({ url, body, redirectUri, answer: { outcome, message } }) =>
    JSON.stringify([
      urlAt.get(url),
      outcome,
      messageAt.get(message),
      body,
      ...(redirectUri === undefined ? [] : [redirectUri]),
    ]),
  );
  const head = JSON.stringify({ ...about, messages: [...messages], urls: [...urls] });
  return gzipSync(`${head.slice(0, -1)},"cases":[\n${lines.join(",\n")}\n]}\n`, { level: 9 });
}

/** @returns the recorded run of an engine, where it has one */
export function readRun(engine: Engine): RecordedRun | undefined {
  const file = path.join(engine.folder, RECORDED_FILE);
  if (!existsSync(file)) return undefined;
  const { messages, urls, cases, ...about } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as File;
  return {
    ...about,
    cases: cases.map(([url, outcome, message, body, redirectUri]) => ({
      url: urls[url] as string,
      body,
      ...(redirectUri === undefined ? {} : { redirectUri }),
      answer: { outcome, message: messages[message] as string },
    })),
  };
}
