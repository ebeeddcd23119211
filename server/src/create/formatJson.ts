import type { ExampleValue } from "../metadata/field.js";

export interface JsonFormat {
  /** Indented by two spaces with one array item a line; else everything in one line, with `", "` and `": "`. */
  readonly pretty: boolean;
  /** Everything outside printable ASCII as `\uXXXX`, in lower-case hexadecimal and UTF-16 units. */
  readonly ascii: boolean;
}

/**
 * Writes a JSON value as Python's `json.dumps` does: `indent=2` where `pretty`, its defaults where not, and
 * `ensure_ascii` as `ascii` says. FastMCP writes its documents that way, so that both tools agree byte for byte.
 *
 * @param value a value without cycles
 * @returns JSON without a line end behind it
 */
export function formatJson(value: ExampleValue, { pretty, ascii }: JsonFormat): string {
  const text = pretty ? JSON.stringify(value, null, 2) : compact(value);
  // JSON.stringify has escaped what JSON itself requires, in the same short forms as Python, and lone surrogates.
  return ascii ? text.replace(/[\u007f-\uffff]/g, escaped) : text;
}

function compact(value: ExampleValue): string {
  if (Array.isArray(value)) return `[${value.map(compact).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${compact(item)}`);
  return `{${members.join(", ")}}`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
