import { audiencesOf, SOLID_CONTEXT } from "../../document/audiences.js";
import { startOf } from "../../document/locate.js";
import { say } from "../../localisation/say.js";
import { SHARED_SECRET_METHODS } from "../../metadata/authMethods.js";
import { cimd, cimd03, rfc } from "../../specifications/sources.js";
import { addMember } from "../edits.js";
import { defineRule, type Fix } from "../rule.js";
import { hasKeys, METHODS, PLURAL, SINGULAR } from "./methods.js";

const FLAWLESS =
  '"client_id": "https://app.acme.dev/oauth/client", "client_name": "Acme", "redirect_uris": ["https://app.acme.dev/callback"], "grant_types": ["authorization_code", "refresh_token"]';

export const missing = defineRule({
  id: "auth-method/missing",
  severity: "warning",
  title: "The token endpoint authentication method is written down",
  why: "Without it RFC 7591 assumes client_secret_basic, which no metadata document may use, and CIMD draft-03 tells servers to ignore that and to assume none. Servers follow one or the other.",
  sources: [rfc(7591, "2"), cimd("4.1"), cimd03("6")],
  bad: [`=«{»${FLAWLESS}}`],
  good: [
    '"token_endpoint_auth_method": "none"',
    '"token_endpoint_auth_methods_supported": ["none"]',
    `={${FLAWLESS}, "@context": "${SOLID_CONTEXT}"}`,
  ],
  check(document, report) {
    if (!document.object || !document.complete || document.has(SINGULAR) || document.has(PLURAL)) return;
    // The only known Solid server writes none into every document.
    if (audiencesOf(document).every((audience) => audience === "solid")) return;
    report({
      at: startOf(document.object),
      pointer: "",
      message: say`Without \`token_endpoint_auth_method\`, servers that follow CIMD draft-03 §6 assume none, and those that follow RFC 7591 §2 a client secret, so they refuse. Add none, or private_key_jwt with a key.`,
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

export const missingSingular = defineRule({
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
      .filter((method) => METHODS.includes(method) && !SHARED_SECRET_METHODS.has(method))
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

export const missingArray = defineRule({
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
