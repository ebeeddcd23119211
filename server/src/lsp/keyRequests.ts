import { writeFile } from "node:fs/promises";
import { documentWithKey, generateSigningKey, keyPlaceOf, keySetWithKey } from "../create/onFirstUse.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Connection } from "./connection.js";
import { ADD_SIGNING_KEY, AddSigningKeyParams, type AddSigningKeyResult } from "./protocol.js";
import type { Session } from "./session.js";

/** Only the person who asked for the key may read it. */
const OWNER_ONLY = 0o600;

/**
 * Answers `cimd/addSigningKey`. The private key is written by the language server to the file that the person chose, so
 * that no message, and no log of messages, ever holds it. A file that exists is kept.
 */
export function answerKeyRequests(connection: Connection, { guard }: Session): void {
  connection.onRequest<AddSigningKeyResult>(ADD_SIGNING_KEY, (params: unknown, token) =>
    guard("Adding a key", token, () => addKey(AddSigningKeyParams.parse(params))),
  );
}

async function addKey(params: AddSigningKeyParams): Promise<AddSigningKeyResult> {
  const { text, algorithm, keySet, privateKeyFile } = params;
  const { faults } = new ClientMetadataDocument(text);
  if (faults.length > 0)
    return { state: "refused", reason: "The document is not well-formed JSON. Mend its syntax first." };
  const place = keyPlaceOf(text) ?? params.place;
  const { kid, publicKey, privateKey } = await generateSigningKey(algorithm);
  try {
    const document = documentWithKey(text, publicKey, algorithm, place);
    const keys = place === "jwks_uri" ? keySetWithKey(keySet, publicKey) : undefined;
    await writeFile(privateKeyFile, `${JSON.stringify(privateKey, null, 2)}\n`, {
      mode: OWNER_ONLY,
      flag: "wx",
    });
    return { state: "added", kid, document, ...(keys === undefined ? {} : { keySet: keys }) };
  } catch (error) {
    return { state: "refused", reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (name === "KeyPlaceError") return message;
  if (code === "EEXIST")
    return "The file for the private key exists already and was kept. Choose a name that is not taken.";
  if (code === undefined) throw error;
  return `The private key could not be written: ${message}. Choose another file.`;
}
