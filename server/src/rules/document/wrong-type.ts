import { jsonPointer } from "../../document/jsonPointer.js";
import type { JsonNode } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import type { FieldKind } from "../../metadata/field.js";
import { rfc } from "../../specifications/sources.js";
import { replaceNode } from "../edits.js";
import { namedMembers } from "../namedMembers.js";
import { defineRule } from "../rule.js";

/** What a value is called in a message. */
export const NOUN: Readonly<Record<JsonNode["type"], () => string>> = {
  object: () => say`an object`,
  array: () => say`an array`,
  string: () => say`a string`,
  number: () => say`a number`,
  boolean: () => say`a boolean`,
  null: () => say`null`,
  invalid: () => say`unreadable`,
};

const WANTED: Readonly<Record<Exclude<FieldKind, "any">, () => string>> = {
  string: () => say`a string`,
  url: () => say`a string with a URL`,
  "string[]": () => say`an array of strings`,
  "url[]": () => say`an array of strings`,
  boolean: () => say`true or false`,
  integer: () => say`a whole number`,
  object: () => say`an object`,
  "object[]": () => say`an array of objects`,
};

/** Members whose type has a rule of its own with better words. */
export const OWN_RULE: ReadonlySet<string> = new Set(["client_id", "redirect_uris"]);

export const wrongType = defineRule({
  id: "document/wrong-type",
  severity: "error",
  coveredByJsonService: true,
  title: "Members have the type their specification gives them",
  why: "A string where an array belongs, or the other way round, is refused by most servers and silently ignored by the rest.",
  sources: [rfc(7591, "2")],
  bad: [
    '"grant_types": «"authorization_code"»',
    '"scope": «["openid", "profile"]»',
    '"dpop_bound_access_tokens": «"true"»',
    '"contacts": ["dev@acme.dev", «42»]',
    '"jwks": «[]»',
  ],
  good: ['"scope": "openid profile"', '"dpop_bound_access_tokens": true', '"contacts": ["dev@acme.dev"]'],
  check(document, report) {
    for (const { member, field } of namedMembers(document)) {
      const { key, value } = member;
      if (!field || field.kind === "any" || OWN_RULE.has(field.name) || !value) continue;
      if (value.type === "null" || value.type === "invalid") continue;
      // A number of seconds has a rule of its own.
      if (field.name === "default_max_age" && value.type === "number") continue;
      const wrong = misfit(value, field.kind);
      if (!wrong) continue;
      const pointer =
        wrong.index === undefined ? jsonPointer(key.value) : jsonPointer(key.value, wrong.index);
      report({
        at: wrong.node,
        pointer,
        message: say`\`${field.name}\` must be ${WANTED[field.kind]()} (${field.spec.label}), and this is ${NOUN[wrong.node.type]()}. ${cureFor(wrong.node, field.kind)}`,
        data: { kind: field.kind, whole: wrong.index === undefined },
      });
    }
  },
  fix(document, { offset, end, data }) {
    // What servers alone report, and what stands for further problems, knows nothing of the value.
    if (data === undefined) return [];
    // What only servers say of a type has no data.
    if (!data) return [];
    const { kind, whole } = data as { kind: FieldKind; whole: boolean };
    const node = document.object?.members.map(({ value }) => value).find((value) => value?.offset === offset);
    if (!whole || !node || node.end !== end) return [];
    const value = converted(node, kind);
    return value === undefined
      ? []
      : [
          {
            title: say`Change to ${WANTED[kind as Exclude<FieldKind, "any">]()}`,
            edits: [replaceNode(node, value)],
            preferred: true,
            safe: true,
          },
        ];
  },
});

/** What to do about a value of another type. */
function cureFor(node: JsonNode, kind: FieldKind): string {
  const wantsList = kind.endsWith("[]");
  if (wantsList && node.type === "string") return say`Put it into square brackets.`;
  if (wantsList && node.type === "object")
    return say`Write the list itself: square brackets with the values in them.`;
  if (kind === "string" && node.type === "array")
    return say`Write one string, with spaces between the values.`;
  if ((kind === "boolean" || kind === "integer") && node.type === "string")
    return say`Write it without the quotes.`;
  return say`Change the value.`;
}

/** The node that does not fit, and its index where it is an item. */
function misfit(value: JsonNode, kind: FieldKind): { node: JsonNode; index?: number } | undefined {
  if (kind === "string[]" || kind === "url[]" || kind === "object[]") {
    if (value.type !== "array") return { node: value };
    const item = kind === "object[]" ? "object" : "string";
    const index = value.items.findIndex((node) => node.type !== item && node.type !== "invalid");
    const node = value.items[index];
    return node ? { node, index } : undefined;
  }
  const type = kind === "url" ? "string" : kind === "integer" ? "number" : kind;
  if (value.type !== type) return { node: value };
  if (kind === "integer" && value.type === "number" && !(Number.isInteger(value.value) && value.value >= 0)) {
    return { node: value };
  }
  return undefined;
}

/** The value the author most likely meant, or undefined. */
function converted(node: JsonNode, kind: FieldKind): unknown {
  if ((kind === "string[]" || kind === "url[]") && node.type === "string") {
    return kind === "string[]" ? node.value.split(/[\s,]+/).filter((word) => word !== "") : [node.value];
  }
  if (kind === "string" && node.type === "array" && node.items.every((item) => item.type === "string")) {
    return node.items.map((item) => item.value).join(" ");
  }
  if (kind === "boolean" && node.type === "string") {
    return node.value === "true" ? true : node.value === "false" ? false : undefined;
  }
  if (kind === "integer" && node.type === "string" && /^\d{1,15}$/.test(node.value))
    return Number(node.value);
  return undefined;
}
