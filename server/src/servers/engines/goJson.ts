import { jsonPointer } from "../../document/jsonPointer.js";
import type { Constraint } from "../profile.js";
import { onMembers } from "./constraintKinds.js";
import type { Members } from "./jsonBody.js";
import { typeRule } from "./memberRules.js";

/** The Go types a struct field may have here. */
export type GoFields = Readonly<Record<string, "string" | "[]string" | "int64">>;

/**
 * The value Go's encoding/json puts into a field: names are compared without regard to case, the last one counts, and
 * `null` changes nothing.
 *
 * @see https://pkg.go.dev/encoding/json#Unmarshal
 */
export function goMember(members: Members, name: string): unknown {
  let found: unknown;
  for (const key of otherCases(members)) {
    if (key !== name && key.length === name.length && key.toLowerCase() === name)
      found = members[key] ?? found;
  }
  return found ?? members[name] ?? undefined;
}

const written = new WeakMap<Members, readonly string[]>();

/** The names that are not all in lower case, found once for all fields. */
function otherCases(members: Members): readonly string[] {
  let keys = written.get(members);
  if (!keys) {
    keys = Object.keys(members).filter((key) => key !== key.toLowerCase());
    written.set(members, keys);
  }
  return keys;
}

/** Every field has the type that the Go struct gives it; others end the decoding. */
export function goFieldTypes(fields: GoFields, words: (detail: string) => string): Constraint {
  return onMembers("kept", { id: "field-types", rule: "document/wrong-type" }, (members, report) => {
    for (const [name, type] of Object.entries(fields)) {
      const value = members[name] ?? undefined;
      if (value === undefined) continue;
      const detail = (found: unknown): string => words(`cannot unmarshal ${goType(found)} into ${name}`);
      if (type === "[]string" && Array.isArray(value)) {
        const index = value.findIndex((item) => item !== null && typeof item !== "string");
        if (index >= 0) report(detail(value[index]), jsonPointer(name, index), typeRule(name, value[index]));
      } else if (
        type === "int64" ? !Number.isSafeInteger(value) : type !== "string" || typeof value !== "string"
      ) {
        report(detail(value), jsonPointer(name), name === "jwks" ? "jwks/inline" : typeRule(name, value));
      }
    }
  });
}

function goType(value: unknown): string {
  if (typeof value === "boolean") return "bool";
  return Array.isArray(value) ? "array" : typeof value;
}
