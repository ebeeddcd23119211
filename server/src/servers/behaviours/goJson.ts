import { jsonPointer } from "../../document/jsonPointer.js";
import type { Constraint } from "../profile.js";
import { onMembers } from "./constraintKinds.js";
import { type Members, namesIn } from "./jsonBody.js";
import { typeRule } from "./memberRules.js";

/** The Go types a struct field may have here. */
type GoType = "string" | "[]string" | "int64";

/** The fields of a struct, by the names of the members that go into them. */
export type GoFields = Readonly<Record<string, GoType>>;

/**
 * The value Go's encoding/json puts into a field: names are compared without regard to case, of several members of one name
 * the last counts, and `null` changes nothing.
 *
 * @param name in lower case, as the fields of client metadata are
 * @see https://pkg.go.dev/encoding/json#Unmarshal
 */
export function goMember(members: Members, name: string): unknown {
  let found: unknown;
  for (const key of spellings(members).get(name) ?? [name]) found = members[key] ?? found;
  return found;
}

const seen = new WeakMap<Members, ReadonlyMap<string, readonly string[]>>();

/**
 * The ways in which names are written that are not all in lower case, by the name in lower case and in the order of the
 * document; found once for all fields.
 */
function spellings(members: Members): ReadonlyMap<string, readonly string[]> {
  let found = seen.get(members);
  if (!found) {
    found = findSpellings(namesIn(members));
    seen.set(members, found);
  }
  return found;
}

function findSpellings(keys: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const key of keys) {
    const name = key.toLowerCase();
    if (name !== key) byName.set(name, []);
  }
  if (byName.size > 0) for (const key of keys) byName.get(key.toLowerCase())?.push(key);
  return byName;
}

/** Every field has the type that the Go struct gives it; others end the decoding. */
export function goFieldTypes(fields: GoFields, words: (detail: string) => string): Constraint {
  const entries = Object.entries(fields);
  return onMembers({ id: "field-types", rule: "document/wrong-type" }, (members, report) => {
    for (const [name, type] of entries) {
      const wrong = misfit(members[name] ?? undefined, type);
      if (!wrong) continue;
      const { value, index } = wrong;
      report(
        words(`cannot unmarshal ${nameOfType(value)} into ${name}`),
        index === undefined ? jsonPointer(name) : jsonPointer(name, index),
        index === undefined && name === "jwks" ? "jwks/inline" : typeRule(name, value),
      );
    }
  });
}

/** What a Go field does not take: the value, or the first such item of its list. */
function misfit(
  value: unknown,
  type: GoType,
): { readonly value: unknown; readonly index?: number } | undefined {
  if (value === undefined) return undefined;
  if (type === "[]string" && Array.isArray(value)) {
    const index = value.findIndex((item) => item !== null && typeof item !== "string");
    return index < 0 ? undefined : { value: value[index], index };
  }
  const fits =
    type === "int64" ? Number.isSafeInteger(value) : type === "string" && typeof value === "string";
  return fits ? undefined : { value };
}

function nameOfType(value: unknown): string {
  if (typeof value === "boolean") return "bool";
  return Array.isArray(value) ? "array" : typeof value;
}
