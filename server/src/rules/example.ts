import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";

/** A document that no rule has anything to say about; examples change single members of it. */
const BASE: Readonly<Record<string, string>> = {
  client_id: '"https://app.acme.dev/oauth/client"',
  client_name: '"Acme"',
  redirect_uris: '["https://app.acme.dev/callback"]',
  grant_types: '["authorization_code", "refresh_token"]',
  response_types: '["code"]',
  token_endpoint_auth_method: '"none"',
};

export interface ExpandedExample {
  readonly text: string;
  /** The marked ranges, in text order. */
  readonly marks: readonly { readonly offset: number; readonly end: number }[];
}

/**
 * Turns a rule's example into a document. The text between « and » is where the problem is expected. An example is a list
 * of members, completed by those of a flawless document that it does not name; one that starts with `=` is the whole text.
 */
export function expandExample(example: string): ExpandedExample {
  if (example.startsWith("=")) return readMarks(example.slice(1));
  const named = new ClientMetadataDocument(`{${example.replace(/[«»]/g, "")}}`);
  const rest = Object.entries(BASE)
    .filter(([name]) => !named.has(name))
    .map(([name, value]) => `  "${name}": ${value}`);
  return readMarks(`{\n${[`  ${example}`, ...rest].join(",\n")}\n}\n`);
}

function readMarks(marked: string): ExpandedExample {
  const marks: { offset: number; end: number }[] = [];
  let text = "";
  for (const piece of marked.split(/([«»])/)) {
    if (piece === "«") marks.push({ offset: text.length, end: text.length });
    else if (piece === "»") {
      const open = marks[marks.length - 1];
      if (open) open.end = text.length;
    } else text += piece;
  }
  return { text, marks };
}
