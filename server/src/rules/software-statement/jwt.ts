import { isNestedTooDeeply } from "../../document/nesting.js";

/** A JWT in compact form, its signature unchecked. */
export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** As written. */
  readonly signature: string;
}

/** Longer texts are no statement that a server would read: documents end at 5 kilobytes (CIMD draft-03 §9.7). */
const MAX_LENGTH = 65536;

/**
 * Reads a signed JWT (RFC 7519 §7.2, RFC 7515 §7.1) without checking its signature.
 *
 * @returns undefined when the text does not have three parts, or header and claims are no JSON objects in base64url,
 *   or are nested deeper than recursive code can follow
 */
export function readJwt(text: string): Jwt | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const parts = text.split(".");
  if (parts.length !== 3) return undefined;
  const [first = "", second = "", signature = ""] = parts;
  const header = readObject(first);
  const claims = readObject(second);
  return header && claims ? { header, claims, signature } : undefined;
}

function readObject(base64url: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(base64url)) return undefined;
  try {
    const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (isNestedTooDeeply(text)) return undefined;
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Not base64, not UTF-8 or not JSON: not a JWT.
    return undefined;
  }
}
