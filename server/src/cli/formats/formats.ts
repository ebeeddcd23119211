import type { CliIo } from "../io.js";
import { github } from "./github.js";
import { json } from "./json.js";
import type { ResultWriter } from "./resultWriter.js";
import { sarif } from "./sarif.js";
import { text } from "./text.js";

export const FORMATS = { text, json, sarif, github } as const satisfies Record<
  string,
  (io: CliIo) => ResultWriter
>;

export function isFormat(name: string): name is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, name);
}
