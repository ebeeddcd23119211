import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import { clip, describeValue } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import { messageOf } from "../../messageOf.js";
import { ASSERTION_ALGORITHMS } from "../../metadata/algorithms.js";
import { ASSERTION_TYPE } from "../../metadata/authMethods.js";
import { type Finding, failed, note, passed, warning } from "../findings.js";
import type { RehearsedDocument } from "../rehearsedDocument.js";

/** The only kind of assertion that a client proves itself with (RFC 7523 §2.2). */
export const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** What `typ` may be: absent, the one of CIMD, the usual one, or the one of draft-ietf-oauth-rfc7523bis. */
const TYPES = new Set<unknown>([undefined, ASSERTION_TYPE.typ, "jwt", "client-authentication+jwt"]);
/** In seconds. Longer ones are refused by several servers. */
const LONGEST_LIFE = 300;
const CLOCK_SKEW = 15;

interface Addresses {
  readonly issuer: string;
  readonly tokenEndpoint: string;
}

/**
 * Judges the assertion of a client that uses `private_key_jwt`.
 *
 * @param used the `jti` values of earlier assertions; the new one is added
 * @see RFC 7523 §3; OpenID Connect Core §9
 */
export async function judgeAssertion(
  assertion: string,
  type: string | null,
  rehearsed: RehearsedDocument,
  addresses: Addresses,
  used: Map<string, true>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (type !== JWT_BEARER)
    findings.push(
      failed(
        say`The client_assertion_type is ${describeValue(type, { maxLength: 80 })}. Send ${JWT_BEARER}.`,
      ),
    );
  let header: Header;
  let claims: JWTPayload;
  try {
    header = decodeProtectedHeader(assertion);
    claims = decodeJwt(assertion);
  } catch (error) {
    return [failed(say`The client_assertion is not a JWT: ${messageOf(error)}`), ...findings];
  }
  findings.push(
    ...judgeHeader(header, rehearsed),
    ...judgeClaims(claims, rehearsed.clientId ?? "", addresses),
    ...judgeReplay(claims, used),
  );
  // A wrong algorithm or key is its own reason why the signature does not fit.
  if (!findings.some(({ outcome }) => outcome === "failed"))
    findings.push(...(await judgeSignature(assertion, rehearsed)));
  return findings;
}

/** What the client wrote may be of any type. */
type Header = Readonly<Partial<Record<"alg" | "kid" | "typ", unknown>>>;

function judgeHeader(
  { alg, kid, typ }: Header,
  { keys, signingAlgorithm, document }: RehearsedDocument,
): Finding[] {
  const findings: Finding[] = [];
  if (signingAlgorithm !== undefined && alg !== signingAlgorithm)
    findings.push(
      failed(
        say`The assertion is signed with ${describeValue(alg)}, and the document's token_endpoint_auth_signing_alg is ${clip(signingAlgorithm, 60)}.`,
      ),
    );
  else if (!(ASSERTION_ALGORITHMS as readonly unknown[]).includes(alg))
    findings.push(
      failed(
        say`The assertion is signed with ${describeValue(alg)}, which proves no private key. Use one of ${ASSERTION_ALGORITHMS.join(", ")}.`,
      ),
    );
  const ids: unknown[] = keys.flatMap((key) =>
    "kid" in key && typeof key.kid === "string" ? [key.kid] : [],
  );
  if (kid !== undefined && document.has("jwks") && !ids.includes(kid))
    findings.push(
      failed(
        say`The assertion's kid is ${describeValue(kid, { maxLength: 80, quotes: false })}, and the document has no such key, only ${clip(ids.join(", "), 120)}.`,
      ),
    );
  if (kid === undefined && keys.length > 1)
    findings.push(
      warning(
        say`The assertion has no kid, and the document has ${keys.length} keys: servers have to guess.`,
      ),
    );
  if (!TYPES.has(typeof typ === "string" ? typ.toLowerCase() : typ))
    findings.push(
      failed(
        say`The assertion's typ is ${describeValue(typ)}. Send \`${ASSERTION_TYPE.typ}\`, or none: another kind of token must not pass for an assertion.`,
      ),
    );
  return findings;
}

function judgeClaims(
  { iss, sub, aud, exp, jti }: JWTPayload,
  clientId: string,
  addresses: Addresses,
): Finding[] {
  const findings: Finding[] = [];
  if (iss !== clientId)
    findings.push(failed(say`The assertion's iss is ${describeValue(iss)}. It has to be the client_id.`));
  if (sub !== clientId)
    findings.push(failed(say`The assertion's sub is ${describeValue(sub)}. It has to be the client_id.`));
  findings.push(...judgeAudience(aud, addresses), ...judgeExpiry(exp));
  if (typeof jti !== "string" || jti === "")
    findings.push(
      failed(say`The assertion has no jti. Give each a random one, so that it can be used only once.`),
    );
  return findings;
}

function judgeAudience(aud: JWTPayload["aud"], { issuer, tokenEndpoint }: Addresses): Finding[] {
  const named = [aud ?? []].flat();
  if (named.includes(issuer)) return [passed(say`The assertion's aud is the issuer.`)];
  if (named.includes(tokenEndpoint))
    return [
      warning(
        say`The assertion's aud is the token endpoint. Many servers take that, and newer ones only the issuer, ${issuer} (draft-ietf-oauth-rfc7523bis).`,
      ),
    ];
  return [failed(say`The assertion's aud is ${describeValue(aud)}. It has to be the issuer, ${issuer}.`)];
}

function judgeExpiry(exp: number | undefined): Finding[] {
  const now = Math.floor(Date.now() / 1000);
  if (typeof exp !== "number") return [failed(say`The assertion has no exp. Let it expire within a minute.`)];
  if (exp < now - CLOCK_SKEW)
    return [
      failed(
        say`The assertion expired ${now - exp} seconds ago (exp). Make a new one for each request, and check the clock.`,
      ),
    ];
  if (exp > now + LONGEST_LIFE)
    return [
      warning(
        say`The assertion is valid for ${exp - now} seconds (exp). Some servers take ${LONGEST_LIFE} at most; a minute is enough.`,
      ),
    ];
  return [];
}

function judgeReplay({ jti }: JWTPayload, used: Map<string, true>): Finding[] {
  if (typeof jti !== "string" || jti === "") return [];
  if (used.has(jti))
    return [
      failed(say`The assertion was used before: its jti ${clip(jti, 60)} is not new. Sign one each time.`),
    ];
  used.set(jti, true);
  return [];
}

/** Whether a key of the document made the signature. Keys at `jwks_uri` are not fetched. */
async function judgeSignature(assertion: string, { keys, document }: RehearsedDocument): Promise<Finding[]> {
  if (!document.has("jwks"))
    return document.has("jwks_uri")
      ? [
          note(
            say`The document's keys are at its jwks_uri. The rehearsal fetches nothing, so the signature is not checked.`,
          ),
        ]
      : [failed(say`The document has no keys: neither jwks nor jwks_uri. Nobody can check the assertion.`)];
  try {
    await jwtVerify(assertion, createLocalJWKSet({ keys } as never), { clockTolerance: CLOCK_SKEW });
    return [passed(say`The assertion is signed with a key of the document.`)];
  } catch (error) {
    return [
      failed(
        say`The assertion is not signed with a key of the document (${messageOf(error)}). Publish the public half of the key that the client signs with.`,
      ),
    ];
  }
}
