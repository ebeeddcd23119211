import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { cimd, cimd03, rfc, rpMetadataChoices } from "../../specifications/sources.js";
import { duplicateRule } from "../duplicates.js";
import { addItem, addMember } from "../edits.js";
import { defineRule, type Fix, type Rule } from "../rule.js";
import { hasKeys, METHODS, SHARED_SECRET } from "./methods.js";

const SINGULAR = "token_endpoint_auth_method";
const PLURAL = "token_endpoint_auth_methods_supported";

const FLAWLESS =
  '"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "grant_types": ["authorization_code", "refresh_token"]';

const missing = defineRule({
  id: "auth-method/missing",
  severity: "warning",
  title: "The token endpoint authentication method is written down",
  why: "Without it RFC 7591 assumes client_secret_basic, which no metadata document may use; drafts assume none. Servers follow one or the other.",
  sources: [rfc(7591, "2"), cimd("4.1"), cimd03("6")],
  bad: [`=«{»${FLAWLESS}}`],
  good: ['"token_endpoint_auth_method": "none"', '"token_endpoint_auth_methods_supported": ["none"]'],
  check(document, report) {
    if (!document.object || !document.complete || document.has(SINGULAR) || document.has(PLURAL)) return;
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`Without \`token_endpoint_auth_method\` some servers assume a client secret (RFC 7591 §2) and refuse the document. Add none, or private_key_jwt with a key.`,
    });
  },
  fix(document) {
    const methods = hasKeys(document) ? ["private_key_jwt", "none"] : ["none"];
    return methods.flatMap((method): Fix[] => {
      const edit = addMember(document, SINGULAR, method);
      return edit
        ? [
            {
              title: say`Add ${SINGULAR}: ${method}`,
              edits: [edit],
              ...(methods.length === 1 ? { preferred: true } : {}),
            },
          ]
        : [];
    });
  },
});

const missingSingular = defineRule({
  id: "auth-method/missing-singular",
  severity: "warning",
  title: "The preferred method is given with the list of methods",
  why: "Servers that know only RFC 7591 do not read the list: for them the method is missing and means client_secret_basic.",
  sources: [cimd03("6"), rfc(7591, "2")],
  bad: [`=«{»${FLAWLESS}, "token_endpoint_auth_methods_supported": ["none"]}`],
  good: ['"token_endpoint_auth_method": "none", "token_endpoint_auth_methods_supported": ["none"]'],
  check(document, report) {
    if (!document.object || !document.complete || document.has(SINGULAR) || !document.has(PLURAL)) return;
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`Servers that do not read the list of methods assume a client secret without \`token_endpoint_auth_method\` (CIMD draft-03 §6, RFC 7591 §2). Add it as well.`,
    });
  },
  fix(document) {
    const offered = new Set(document.strings(PLURAL).map(({ node }) => node.value));
    return [...offered]
      .filter((method) => METHODS.includes(method) && !SHARED_SECRET.has(method))
      .flatMap((method): Fix[] => {
        const edit = addMember(document, SINGULAR, method);
        return edit
          ? [
              {
                title: say`Add ${SINGULAR}: ${method}`,
                edits: [edit],
                ...(offered.size === 1 ? { preferred: true } : {}),
              },
            ]
          : [];
      });
  },
});

const missingArray = defineRule({
  id: "auth-method/missing-array",
  severity: "off",
  title: "The list of methods is given with the preferred one",
  why: "CIMD draft-03 recommends both members; a draft for MCP (SEP-3149) would require the list. Few servers read it today, and Keycloak refuses a document that has it.",
  sources: [cimd03("6")],
  bad: ['"token_endpoint_auth_method": «"none"»'],
  good: ['"token_endpoint_auth_method": "none", "token_endpoint_auth_methods_supported": ["none"]'],
  check(document, report) {
    const node = document.string(SINGULAR);
    if (!node || !document.complete || document.has(PLURAL) || !METHODS.includes(node.value)) return;
    report({
      at: node,
      pointer: `/${SINGULAR}`,
      message: say`CIMD draft-03 §6 recommends \`${PLURAL}\` beside this member, but Keycloak 26.6 and 26.7 refuse a document that has it.`,
    });
  },
});

const notInArray = defineRule({
  id: "auth-method/not-in-array",
  severity: "error",
  title: "The preferred method is one of the supported ones",
  why: "The list says what the client can do; a preferred method outside of it contradicts the list, and servers refuse the document.",
  sources: [cimd03("6"), rpMetadataChoices("2")],
  bad: [
    '"token_endpoint_auth_method": «"none"», "token_endpoint_auth_methods_supported": ["private_key_jwt"], "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  good: [
    '"token_endpoint_auth_method": "none", "token_endpoint_auth_methods_supported": ["private_key_jwt", "none"], "jwks_uri": "https://app.acme.dev/jwks.json"',
  ],
  check(document, report) {
    const node = document.string(SINGULAR);
    const list = document.array(PLURAL);
    if (!node || !list || list.items.length === 0) return;
    // Any other word has a rule of its own here.
    if (!METHODS.includes(node.value) || SHARED_SECRET.has(node.value)) return;
    if (document.strings(PLURAL).some((item) => item.node.value.toLowerCase() === node.value)) return;
    report({
      at: node,
      pointer: `/${SINGULAR}`,
      message: say`\`${node.value}\` is not in \`${PLURAL}\`, where it has to be (CIMD draft-03 §6). Add it there, or name one of the list.`,
      related: [{ offset: list.offset, end: list.end, message: say`The supported methods` }],
    });
  },
  fix(document) {
    const node = document.string(SINGULAR);
    const list = document.array(PLURAL);
    // Servers report other words here too.
    const listed = node && METHODS.includes(node.value) && !SHARED_SECRET.has(node.value);
    const edit = listed && list && addItem(document, list, node.value);
    return edit ? [{ title: say`Add ${node.value} to the list`, edits: [edit], preferred: true }] : [];
  },
});

const arrayEmpty = defineRule({
  id: "auth-method/array-empty",
  severity: "warning",
  title: "The list of methods is not empty",
  why: "An empty list says that the client can use no method at all, so a server that reads it finds none to agree on.",
  sources: [cimd03("6")],
  bad: ['"token_endpoint_auth_methods_supported": «[]»'],
  good: ['"token_endpoint_auth_methods_supported": ["none"]'],
  check(document, report) {
    const list = document.array(PLURAL);
    if (!list?.closed || list.items.length > 0) return;
    report({
      at: list,
      pointer: `/${PLURAL}`,
      message: say`The list says that the client can use no method at all (CIMD draft-03 §6). Name the methods, or delete the member.`,
    });
  },
  fix(document) {
    const list = document.array(PLURAL);
    const method = document.string(SINGULAR)?.value ?? "none";
    const edit =
      list && METHODS.includes(method) && !SHARED_SECRET.has(method) && addItem(document, list, method);
    return edit ? [{ title: say`Add ${method}`, edits: [edit], preferred: true }] : [];
  },
});

const duplicate = duplicateRule({
  id: "auth-method/duplicate",
  title: "Every supported method appears once",
  why: "The list is a set; a second copy changes nothing.",
  sources: [cimd03("6")],
  member: PLURAL,
  example: ["none", "urn:acme:auth"],
});

/** Rules about which of the two members stand in the document and whether they agree. */
export const presenceRules: readonly Rule[] = [
  missing,
  missingSingular,
  missingArray,
  notInArray,
  arrayEmpty,
  duplicate,
];
