/** Parts of the examples that the rules of keys show. */

/** The member that says that the client signs. */
export const METHOD = '"token_endpoint_auth_method": "private_key_jwt"';

/** A key set that is in order. */
export const KEYS =
  '{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "EqM16-_b9D3IGEPQESUqysUf9df4N0qMciHFljq2Nt4"}]}';

/** The coordinates of a point on P-256, made for these examples. */
export const X = "xPjRyFrQGmAE5OWUm4MsUMWGJqxST4YYxxs41L98SRc";
export const Y = "Zyh6_2P-1C8Awojj2QXsFW0lso_LJhiUIP1dW9nVTLY";

/** The members of a public key on P-256. */
export const PUBLIC_EC = `"kty": "EC", "crv": "P-256", "x": "${X}", "y": "${Y}"`;

/** 256 bytes, the first of them with its highest bit set: 2048 bits. */
export const N_2048 = `u${"1".repeat(341)}`;

export const GOOD_EC = `{${PUBLIC_EC}}`;
export const GOOD_OKP =
  '{"kty": "OKP", "crv": "Ed25519", "x": "EqM16-_b9D3IGEPQESUqysUf9df4N0qMciHFljq2Nt4"}';
export const GOOD_RSA = `{"kty": "RSA", "n": "${N_2048}", "e": "AQAB"}`;

/** Members of a client that signs with one of these keys. */
export function keySet(...keys: readonly string[]): string {
  return `${METHOD}, "jwks": {"keys": [${keys.join(", ")}]}`;
}

/** A key on P-256 with some more members. */
export function ec(members: string): string {
  return `{${PUBLIC_EC}${members === "" ? "" : `, ${members}`}}`;
}
