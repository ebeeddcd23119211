import { ErrorCodes, ResponseError } from "vscode-languageserver";
import { documentWithKey, keyPlaceOf, keySetWithKey, type PublicKey } from "../create/addPublicKey.js";
import { generateSigningKey } from "../create/signingKey.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { say } from "../localisation/say.js";
import type { Connection } from "./connection.js";
import { ADD_SIGNING_KEY, AddSigningKeyParams, type AddSigningKeyResult } from "./protocol.js";
import type { Session } from "./session.js";

/**
 * Writes a private key where only its owner reads it.
 *
 * @throws an error with one of Node's codes, `EEXIST` for a file that exists: it is kept
 */
export type WritePrivateKey = (file: string, text: string) => Promise<void>;

/**
 * Answers `cimd/addSigningKey`. No message, and no log of messages, ever holds a private key: where there are files the
 * language server makes the pair and writes the private key to the file that the person chose; in a browser the editor
 * makes it and sends the public key.
 *
 * @param writePrivateKey absent where there are no files
 */
export function answerKeyRequests(
  connection: Connection,
  { guard }: Session,
  writePrivateKey?: WritePrivateKey,
): void {
  connection.onRequest<AddSigningKeyResult>(ADD_SIGNING_KEY, (params: unknown, token) =>
    guard(say`Adding a key`, token, () => addKey(AddSigningKeyParams.parse(params), writePrivateKey)),
  );
}

async function addKey(
  params: AddSigningKeyParams,
  writePrivateKey: WritePrivateKey | undefined,
): Promise<AddSigningKeyResult> {
  const { text, algorithm, keySet } = params;
  const { faults } = new ClientMetadataDocument(text);
  if (faults.length > 0)
    return { state: "refused", reason: say`The document is not well-formed JSON. Correct its syntax first.` };
  const place = keyPlaceOf(text) ?? params.place;
  const { publicKey, keep } = await keyPairFor(params, writePrivateKey);
  try {
    const document = documentWithKey(text, publicKey, algorithm, place);
    const keys = place === "jwks_uri" ? keySetWithKey(keySet, publicKey) : undefined;
    await keep();
    return {
      state: "added",
      kid: publicKey.kid,
      document,
      ...(keys === undefined ? {} : { keySet: keys }),
    };
  } catch (error) {
    return { state: "refused", reason: reasonOf(error) };
  }
}

/** @returns the public key, and what keeps the private one once the public one has found its place */
async function keyPairFor(
  { algorithm, publicKey, privateKeyFile }: AddSigningKeyParams,
  writePrivateKey: WritePrivateKey | undefined,
): Promise<{ publicKey: PublicKey & { readonly kid: string }; keep: () => Promise<void> }> {
  if (publicKey) return { publicKey, keep: async () => undefined };
  if (privateKeyFile === undefined || !writePrivateKey) {
    throw new ResponseError(
      ErrorCodes.InvalidParams,
      "Either a file for the private key or a public key is needed.",
    );
  }
  const { kid, privateKey, ...pair } = await generateSigningKey(algorithm);
  return {
    publicKey: { ...pair.publicKey, kid },
    keep: () => writePrivateKey(privateKeyFile, `${JSON.stringify(privateKey, null, 2)}\n`),
  };
}

function reasonOf(error: unknown): string {
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (name === "KeyPlaceError") return message;
  if (code === "EEXIST")
    return say`The file for the private key exists already and was kept. Choose another name.`;
  if (code === undefined) throw error;
  return say`The private key could not be written: ${message}. Choose another file.`;
}
