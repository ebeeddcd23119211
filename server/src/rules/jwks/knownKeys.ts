import { rfc, type Source } from "../../specifications/sources.js";
import { table } from "../../table.js";
import type { Jwk } from "./keySet.js";

/** A public key that many people have copied. */
export interface KnownKey {
  readonly source: Source;
  /** Whether the private half is published too, so that anybody can sign with it. */
  readonly pair: boolean;
}

/** What tells one key from all others: so many characters of `x` or `n`, 256 bits or more. */
const TELLING = 43;

const appendix = (number: number, section: string): Source => ({
  label: `RFC ${number} appendix ${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#appendix-${section}`,
});
const jwtIo: Source = { label: "jwt.io", url: "https://jwt.io/" };
const jose = (name: string): Source => ({
  label: `the documentation of jose (${name})`,
  url: `https://github.com/panva/jose/blob/main/docs/key/import/functions/${name}.md`,
});

/** Example keys by the first characters of `x` (EC, OKP) or `n` (RSA). */
export const KNOWN_KEYS = table<KnownKey>({
  ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTb: { source: appendix(7515, "A.2"), pair: true },
  f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU: { source: appendix(7515, "A.3"), pair: true },
  AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrr: { source: appendix(7515, "A.4"), pair: true },
  MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4: { source: appendix(7517, "A"), pair: true },
  "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbW": { source: appendix(7517, "A"), pair: true },
  "vrjOfz9Ccdgx5nQudyhdoR17V-IubWMeOZCwX_jj0hg": { source: appendix(7517, "B"), pair: false },
  t6Q8PWSi1dkJj9hTP8hNYFlvadM7DflW9mWepOJhJ66: { source: appendix(7517, "C"), pair: true },
  gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0: { source: appendix(7518, "C"), pair: true },
  weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ: { source: appendix(7518, "C"), pair: true },
  "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo": { source: appendix(8037, "A"), pair: true },
  "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08": { source: appendix(8037, "A.6"), pair: true },
  PreoKbDNIPW8_AtZm2_sz22kYnEHvbDU80W0MCfYuXL: { source: appendix(8037, "A.7"), pair: true },
  "AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZ": { source: rfc(7520, "3"), pair: true },
  n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKP: { source: rfc(7520, "3"), pair: true },
  "nj3YJwsLUFl9BmpAbkOswCNVx17Eh9wMO-_AReZwBqf": { source: rfc(7591, "3.1"), pair: false },
  "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs": { source: rfc(9449, "4.2"), pair: false },
  u1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffA: { source: jwtIo, pair: true },
  "nzyis1ZjfNB0bBgKFMSvvkTtwlvBsaJq7S5wA-kzeVO": { source: jwtIo, pair: true },
  "EVs_o5-uQbTjL3chynL4wXgUg2R9q9UU8I5mEovUf84": { source: jwtIo, pair: true },
  "C1uWSXj2czCDwMTLWV5BFmwxdM6PX9p-Pk9Yf9rIf37": { source: jwtIo, pair: true },
  AYHOB2c_v3wWwu5ZhMMNADtzSvcFWTw2dFRJ7GlBSxG: { source: jwtIo, pair: true },
  "FlHHWfLk0gLBbsLTcuCrbCqoHqmMYJepMC-Q-Dd6RBk": { source: jose("importPKCS8"), pair: true },
  "ySK38C1jBdLwDsNWKzzBHqKYEE5Cgv-qjWvorUXk9fw": { source: jose("importJWK"), pair: false },
  "12oBZRhCiZFJLcPg59LkZZ9mdhSMTKAQZYq32k_ti5S": { source: jose("importJWK"), pair: false },
});

/** Where a key of a document has been copied from, and the member that tells; undefined for any other key. */
export function knownKey(key: Jwk): { readonly known: KnownKey; readonly member: "x" | "n" } | undefined {
  const member = key.kty === "RSA" ? "n" : "x";
  const known = KNOWN_KEYS.get(key.text(member)?.slice(0, TELLING) ?? "");
  return known && { known, member };
}
