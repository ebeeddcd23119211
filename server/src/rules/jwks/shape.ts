import { jsonPointer } from "../../document/jsonPointer.js";
import { memberOf, startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { KEYS, METHOD } from "./examples.js";

export const shape = defineRule({
  id: "jwks/shape",
  severity: "error",
  coveredByJsonService: true,
  title: "jwks is a JWK Set",
  why: "A key set is an object whose member keys is an array of keys; servers refuse anything else.",
  sources: [rfc(7517, "5")],
  bad: [
    `${METHOD}, "jwks": «{»"kty": "EC"}`,
    `${METHOD}, "jwks": {"keys": «{»"kty": "EC"}}`,
    `${METHOD}, "jwks": {"keys": [«"MIIB"»]}`,
  ],
  good: [`${METHOD}, "jwks": ${KEYS}`],
  check(document, report) {
    const jwks = document.value("jwks");
    if (jwks?.type !== "object") return;
    const member = jwks.members.findLast(({ key }) => key.value === "keys");
    const keys = member?.value;
    if (!member) {
      if (!jwks.closed) return;
      report({
        at: startOf(jwks),
        pointer: "/jwks",
        message: say`A key set must have a member \`keys\`, an array (RFC 7517 §5). Put the key into {"keys": […]}.`,
      });
      return;
    }
    if (!keys || keys.type === "invalid") return;
    if (keys.type !== "array") {
      report({
        at: keys.type === "object" ? startOf(keys) : keys,
        pointer: "/jwks/keys",
        message: say`\`keys\` must be an array (RFC 7517 §5). Put the key into square brackets.`,
      });
      return;
    }
    keys.items.forEach((item, index) => {
      if (item.type === "object" || item.type === "invalid") return;
      report({
        at: item,
        pointer: jsonPointer("jwks", "keys", index),
        message: say`Every key must be a JSON object (RFC 7517 §5). Write it as a JWK: its kind in \`kty\`, and the members of that kind.`,
      });
    });
  },
  fix(document) {
    const jwks = document.value("jwks");
    if (jwks?.type !== "object" || !jwks.closed) return [];
    const keys = memberOf(jwks, "keys");
    if (keys?.type === "object") {
      return [
        {
          title: say`Put the key into an array`,
          edits: [
            { offset: keys.offset, end: keys.offset, newText: "[" },
            { offset: keys.end, end: keys.end, newText: "]" },
          ],
          preferred: true,
        },
      ];
    }
    return jwks.members.some(({ key }) => key.value === "kty")
      ? [
          {
            title: say`Wrap the key into a key set`,
            edits: [
              { offset: jwks.offset, end: jwks.offset, newText: '{"keys": [' },
              { offset: jwks.end, end: jwks.end, newText: "]}" },
            ],
            preferred: true,
          },
        ]
      : [];
  },
});
