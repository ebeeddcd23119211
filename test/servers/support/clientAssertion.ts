import { createSign, type KeyObject, randomUUID } from "node:crypto";

/** What goes into a client assertion. */
export interface Assertion {
  /** A P-256 private key. */
  readonly key: KeyObject;
  readonly clientId: string;
  readonly audience: string;
  /** The key's id, where the assertion names it. */
  readonly kid?: string | undefined;
}

/** The parameters of a token request that authenticate a client with private_key_jwt (RFC 7523 §2.2), signed with ES256. */
export function clientAssertion({ key, clientId, audience, kid }: Assertion): Record<string, string> {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = encode({ alg: "ES256", ...(kid === undefined ? {} : { kid }) });
  const claims = { iss: clientId, sub: clientId, aud: audience, iat: now, exp: now + 60, jti: randomUUID() };
  const signed = `${header}.${encode(claims)}`;
  const signature = createSign("SHA256").update(signed).sign({ key, dsaEncoding: "ieee-p1363" });
  return {
    client_assertion: `${signed}.${signature.toString("base64url")}`,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  };
}
