import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { type Jwt, readJwt } from "./jwt.js";

/** Header and claims of the examples. */
export const HEADER = "eyJhbGciOiJFUzI1NiJ9";
export const CLAIMS = "eyJpc3MiOiJodHRwczovL2FjbWUuZGV2IiwiY2xpZW50X25hbWUiOiJBY21lIn0";

/** The software statement of a document; undefined where it has none, or one that is no JWT. */
export function statement(document: ClientMetadataDocument): Jwt | undefined {
  const node = document.string("software_statement");
  return node && readJwt(node.value);
}
