import { say } from "../../localisation/say.js";
import { cimd, rfc } from "../../specifications/sources.js";
import { removeMembers } from "../edits.js";
import type { Fix } from "../rule.js";
import { METHOD, PUBLIC_EC } from "./examples.js";
import { keyRule } from "./jwkRule.js";
import type { Jwk } from "./keySet.js";

/** Members that only a private key has (RFC 7518 §6.2.2 and §6.3.2, RFC 8037 §2), the telling one first. */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "priv"] as const;

function privateMember(key: Jwk): (typeof PRIVATE_MEMBERS)[number] | undefined {
  return key.symmetric ? undefined : PRIVATE_MEMBERS.find((name) => key.member(name));
}

/** Whether a key is the private half of a pair. */
export function hasPrivateMember(key: Jwk): boolean {
  return privateMember(key) !== undefined;
}

export const privateKey = keyRule({
  id: "jwks/private-key",
  severity: "error",
  title: "The key set holds no private key",
  why: "Whoever reads the document can act as the client. A private key that was published is compromised, even after it is deleted.",
  sources: [cimd("4.1"), rfc(7518, "6")],
  bad: [
    `${METHOD}, "jwks": {"keys": [{${PUBLIC_EC}, "d": «"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"»}]}`,
    `${METHOD}, "jwks": {"keys": [{"kty": "OKP", "crv": "Ed25519", "d": «"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"», "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}`,
  ],
  good: [`${METHOD}, "jwks": {"keys": [{${PUBLIC_EC}}]}`],
  test(key) {
    const member = privateMember(key);
    return (
      member && {
        member,
        message: say`\`${member}\` is the private half of the key, and the document is public (CIMD draft-03 §4.1): the key is compromised. Make a new key pair and publish its public half only.`,
      }
    );
  },
  fix(key): readonly Fix[] {
    const gone = new Set(PRIVATE_MEMBERS.flatMap((name) => key.member(name) ?? []));
    return [
      {
        title: say`Delete the private members (and replace the key)`,
        edits: removeMembers(key.node, gone),
        preferred: true,
      },
    ];
  },
});
