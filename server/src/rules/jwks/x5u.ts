import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { ec, keySet } from "./examples.js";
import { keyRule } from "./jwkRule.js";

export const x5u = keyRule({
  id: "jwks/x5u",
  severity: "information",
  title: "Keys do not rely on x5u",
  why: "x5u makes the server fetch another URL; careful servers do not, and over http anybody can swap the certificate.",
  sources: [rfc(7517, "4.6"), cimd("9.6")],
  bad: [keySet(ec('"alg": "ES256", "x5u": «"https://app.acme.dev/chain.pem"»'))],
  good: [keySet(ec('"alg": "ES256"'))],
  test(key) {
    const url = key.text("x5u");
    if (url === undefined) return undefined;
    return /^https:/i.test(url)
      ? {
          member: "x5u",
          message: say`Servers need not fetch this certificate and careful ones do not (CIMD draft-03 §9.6). Rely on the key itself and delete \`x5u\`.`,
        }
      : {
          member: "x5u",
          severity: "warning",
          message: say`A certificate must be fetched over TLS (RFC 7517 §4.6). Use https, or delete \`x5u\`.`,
        };
  },
});
