import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { isNestedTooDeeply } from "../document/nesting.js";
import { UsageError } from "./io.js";

/**
 * Reads JSON with comments and trailing commas, as VS Code's settings files are written.
 *
 * @throws {UsageError} when the text is broken, nested too deeply or not an object
 */
export function readSettingsFile(text: string, file: string): Record<string, unknown> {
  // The library's parser is recursive.
  if (isNestedTooDeeply(text)) throw new UsageError(`${file} is nested too deeply for a settings file.`);
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) throw new UsageError(`${file} is not JSON with comments: ${printParseErrorCode(first.error)}.`);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`${file} does not hold an object of settings.`);
  }
  return value as Record<string, unknown>;
}
