import { jsonPointer } from "../../document/jsonPointer.js";
import { type ConstraintMeta, onMembers } from "../behaviours/constraintKinds.js";
import { typeRule } from "../behaviours/memberRules.js";
import type { Constraint } from "../profile.js";
import { disjunction } from "./members.js";

/** The names of the members that have to be of a type where they are present. */
export interface MemberTypes {
  readonly booleans: readonly string[];
  /** Of strings that are not empty. */
  readonly arrays: readonly string[];
  /** Not empty. */
  readonly strings: readonly string[];
}

/**
 * What the client schema of oidc-provider, in every version, says of the types of members.
 *
 * Source: npm:oidc-provider@9.13.3 lib/helpers/client_schema.js (booleans, arrays, strings).
 */
export function memberTypes({ booleans, arrays, strings }: MemberTypes): Constraint[] {
  return [
    onMembers({ id: "booleans", rule: "document/wrong-type" }, (members, report) => {
      for (const name of booleans) {
        const value = members[name];
        if (value !== undefined && typeof value !== "boolean")
          report(`${name} must be a boolean`, jsonPointer(name), typeRule(name, value));
      }
    }),
    onMembers({ id: "arrays", rule: "document/wrong-type" }, (members, report) => {
      for (const name of arrays) {
        const value = members[name];
        if (value !== undefined && !Array.isArray(value))
          report(`${name} must be an array`, jsonPointer(name), typeRule(name, value));
      }
    }),
    onMembers({ id: "array-items", rule: "document/wrong-type" }, (members, report) => {
      for (const name of arrays) {
        const items = members[name];
        if (!Array.isArray(items)) continue;
        for (const [index, item] of items.entries()) {
          if (typeof item !== "string" || item === "")
            report(`${name} must only contain strings`, jsonPointer(name, index), typeRule(name, item));
        }
      }
    }),
    onMembers({ id: "strings", rule: "document/wrong-type" }, (members, report) => {
      for (const name of strings) {
        const value = members[name];
        if (value !== undefined && (typeof value !== "string" || value === ""))
          report(`${name} must be a non-empty string if provided`, jsonPointer(name), typeRule(name, value));
      }
    }),
  ];
}

/** A string member with a closed list of values. */
export function oneOf(name: string, values: readonly string[], meta: ConstraintMeta): Constraint {
  return onMembers(meta, (members, report) => {
    const value = members[name];
    if (typeof value !== "string" || value === "" || values.includes(value)) return;
    report(`${name} must be ${disjunction(values)}`, jsonPointer(name));
  });
}
