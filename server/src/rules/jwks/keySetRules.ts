import { jsonPointer } from "../../document/jsonPointer.js";
import { memberOf, startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { findMethod } from "../auth-method/methods.js";
import { removeMember } from "../edits.js";
import { defineRule, type Rule } from "../rule.js";
import { keyArray } from "./keySet.js";
import { keyShapeRules } from "./keyShape.js";
import { keyUseRules } from "./keyUse.js";
import { secretKeyRules } from "./secretKeys.js";

const METHOD = '"token_endpoint_auth_method": "private_key_jwt"';
const KEYS =
  '{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}';

const both = defineRule({
  id: "jwks/both",
  severity: "error",
  title: "The keys are in the document or at a URL, not both",
  why: "The two could differ, so RFC 7591 forbids it; several servers refuse the document, others silently use one of them.",
  sources: [rfc(7591, "2")],
  bad: [`${METHOD}, «"jwks"»: ${KEYS}, "jwks_uri": "https://app.acme.dev/jwks.json"`],
  good: [`${METHOD}, "jwks": ${KEYS}`, `${METHOD}, "jwks_uri": "https://app.acme.dev/jwks.json"`],
  check(document, report) {
    const inline = document.member("jwks");
    const uri = document.member("jwks_uri");
    if (!inline || !uri) return;
    report({
      at: inline.key,
      pointer: "/jwks",
      message: say`\`jwks\` and \`jwks_uri\` must not both be there (RFC 7591 §2). Keep \`jwks_uri\`: keys can then change without touching this document.`,
      related: [{ offset: uri.key.offset, end: uri.key.end, message: say`The other one` }],
    });
  },
  fix(document) {
    const { object } = document;
    return ["jwks", "jwks_uri"].flatMap((name) => {
      const member = document.member(name);
      return object && member
        ? [
            {
              title: say`Delete ${name}`,
              edits: [removeMember(document, object, member)],
              ...(name === "jwks" ? { preferred: true } : {}),
            },
          ]
        : [];
    });
  },
});

const shape = defineRule({
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

const empty = defineRule({
  id: "jwks/empty",
  severity: "information",
  title: "The key set has keys",
  why: "With private_key_jwt a server needs a key to check the signature with; an empty set has none.",
  sources: [cimd("8.2"), rfc(7517, "5")],
  bad: [
    `${METHOD}, "jwks": {"keys": «[]»}`,
    '"token_endpoint_auth_method": "none", "jwks": {"keys": «[]»}, "request_object_signing_alg": "ES256"',
  ],
  good: [`${METHOD}, "jwks": ${KEYS}`],
  check(document, report) {
    const keys = keyArray(document);
    if (!keys?.closed || keys.items.length > 0) return;
    const needed = findMethod(document, "private_key_jwt") !== undefined;
    report({
      at: keys,
      pointer: "/jwks",
      ...(needed ? { severity: "error" as const } : {}),
      message: needed
        ? say`\`private_key_jwt\` needs a public key, and the key set is empty (CIMD draft-02 §8.2). Add the key, or use \`jwks_uri\`.`
        : say`The key set is empty and has no effect. Add a key, or delete \`jwks\`.`,
    });
  },
});

const inline = defineRule({
  id: "jwks/inline",
  severity: "off",
  title: "Keys are at a URL of their own",
  why: "With jwks_uri keys can be replaced without touching this document, which servers keep for a while, and it stays small.",
  sources: [rfc(7591, "2")],
  bad: [`${METHOD}, «"jwks"»: ${KEYS}`],
  good: [`${METHOD}, "jwks_uri": "https://app.acme.dev/jwks.json"`],
  check(document, report) {
    const member = document.member("jwks");
    if (!member || document.has("jwks_uri")) return;
    report({
      at: member.key,
      pointer: "/jwks",
      message: say`RFC 7591 §2 prefers \`jwks_uri\`: keys can then change without touching this document. Move the key set to a file of its own.`,
    });
  },
});

/** Rules about `jwks`, the client's public keys in the document. */
export const jwksRules: readonly Rule[] = [
  ...secretKeyRules,
  both,
  shape,
  empty,
  ...keyShapeRules,
  ...keyUseRules,
  inline,
];
