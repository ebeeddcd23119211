import { github } from "./github.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import type { Format } from "./resultWriter.js";
import { sarif } from "./sarif.js";
import { text } from "./text.js";

const FORMATS = { text, json, sarif, github, junit };

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}

/** The parts of a format are the format's own business: whoever carries them does not look inside. */
export function formatNamed(name: FormatName): Format<unknown> {
  return FORMATS[name] as Format<unknown>;
}
