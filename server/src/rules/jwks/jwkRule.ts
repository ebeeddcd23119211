import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { startOf } from "../../document/locate.js";
import type { Severity } from "../problem.js";
import { defineRule, type Fix, type Rule } from "../rule.js";
import { type Jwk, keysOf } from "./keySet.js";

/** What is wrong with one key. */
export interface KeyFinding {
  readonly message: string;
  /** The member at fault; without it, or when the key does not have it, the key as a whole. */
  readonly member?: string;
  readonly severity?: Severity;
}

export interface KeyRule
  extends Pick<Rule, "id" | "severity" | "title" | "why" | "sources" | "bad" | "good"> {
  /** Called once a key. */
  readonly test: (key: Jwk, document: ClientMetadataDocument) => KeyFinding | undefined;
  readonly fix?: (key: Jwk, document: ClientMetadataDocument) => readonly Fix[];
}

/** Makes a rule of a test of single keys in `jwks`. */
export function keyRule({ test, fix, ...meta }: KeyRule): Rule {
  return defineRule({
    ...meta,
    check(document, report) {
      for (const key of keysOf(document)) {
        const found = test(key, document);
        if (!found) continue;
        const { member: name, message, severity } = found;
        const value = name === undefined ? undefined : key.value(name);
        report({
          at: value ? (value.type === "object" ? startOf(value) : value) : startOf(key.node),
          pointer: value ? key.pointer(name) : key.pointer(),
          message,
          ...(severity ? { severity } : {}),
        });
      }
    },
    ...(fix
      ? {
          fix(document, { offset }) {
            const key = keysOf(document).find(({ node }) => node.offset <= offset && offset < node.end);
            return key ? fix(key, document) : [];
          },
        }
      : {}),
  });
}
