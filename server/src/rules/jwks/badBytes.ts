import { say } from "../../localisation/say.js";
import { base64urlBytes } from "./base64url.js";
import type { KeyFinding } from "./jwkRule.js";
import type { Jwk } from "./keySet.js";

/** What is wrong with a base64url member, or undefined. `bytes` is the length it must have. */
export function badBytes(key: Jwk, member: string, section: string, bytes?: number): KeyFinding | undefined {
  const text = key.text(member);
  if (!text) {
    return {
      member,
      message: say`Every ${key.kty} key has \`${member}\`, a base64url string (${section}). Copy the public key again.`,
    };
  }
  const found = base64urlBytes(text);
  if (found === undefined) {
    return {
      member,
      message: say`\`${member}\` is not base64url (${section}): only A-Z, a-z, 0-9, - and _, without padding. Copy the public key again.`,
    };
  }
  return bytes !== undefined && found !== bytes
    ? {
        member,
        message: say`\`${member}\` has ${found} bytes, and on ${key.text("crv")} it must have ${bytes} (${section}). Copy the public key again.`,
      }
    : undefined;
}
