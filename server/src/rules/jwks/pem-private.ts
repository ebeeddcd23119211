import { jsonPointer } from "../../document/jsonPointer.js";
import type { JsonNode, StringNode } from "../../document/syntaxTree.js";
import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";
import { METHOD, PUBLIC_EC } from "./examples.js";

const PEM = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;

export const pemPrivate = defineRule({
  id: "jwks/pem-private",
  severity: "error",
  title: "The document holds no private key in PEM form",
  why: "Whoever reads the document can act as the client. A private key that was published is compromised, even after it is deleted.",
  sources: [cimd("4.1"), rfc(7468, "10")],
  bad: [
    '"software_id": «"-----BEGIN PRIVATE KEY-----"»',
    `${METHOD}, "jwks": {"keys": [{${PUBLIC_EC}, "pem": «"-----BEGIN RSA PRIVATE KEY-----\\nMIIE"»}]}`,
  ],
  good: ['"software_id": "-----BEGIN PUBLIC KEY-----"'],
  check(document, report) {
    if (!document.text.includes("PRIVATE KEY-----") || !document.root) return;
    visitStrings(document.root, [], (node, path) => {
      if (!PEM.test(node.value)) return;
      report({
        at: node,
        pointer: jsonPointer(...path),
        message: say`This is a private key, and the document is public (CIMD draft-03 §4.1): the key is compromised. Delete it, make a new key pair and publish its public half only.`,
      });
    });
  },
});

type Path = readonly (string | number)[];

function visitStrings(node: JsonNode, path: Path, visit: (node: StringNode, path: Path) => void): void {
  if (node.type === "string") visit(node, path);
  else if (node.type === "array") {
    for (const [index, item] of node.items.entries()) visitStrings(item, [...path, index], visit);
  } else if (node.type === "object") {
    for (const { key, value } of node.members) if (value) visitStrings(value, [...path, key.value], visit);
  }
}
