import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { say } from "../../localisation/say.js";
import { isHidden } from "../browserView.js";
import type { ExtraContext } from "../extraContext.js";
import { describeFault } from "../faults.js";
import { type Step, step } from "../report.js";

/** Members of a JWK that only the owner may know (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] as const;

/** Kinds of keys with a public half (RFC 7518 §6.1, RFC 8037 §2). */
const PUBLIC_KEY_TYPES: ReadonlySet<unknown> = new Set(["RSA", "EC", "OKP"]);

/** What the strictest servers read: Auth0's documentation names 12 KB, Better Auth reads 64 KiB. */
const AUTH0_BYTES = 12_000;
const BETTER_AUTH_BYTES = 65_536;

/**
 * Whether `jwks_uri` gives a JWK set of public keys.
 *
 * @see RFC 7517 §5; OAuth Client ID Metadata Document -03 §4.1 (no private key material)
 */
export async function checkJwks(
  document: ClientMetadataDocument,
  { fetcher, limits, signal }: ExtraContext,
): Promise<Step> {
  const uri = document.string("jwks_uri")?.value;
  if (uri === undefined) return step("jwks", "skipped", say`The document names no jwks_uri.`);
  const trail = await fetcher({
    url: uri,
    accept: "application/jwk-set+json, application/json",
    limits,
    signal,
  });
  const durationMs = Object.values(trail.durations).reduce((sum, ms) => sum + ms, 0);
  const failed = (sentence: string, fix: string | undefined) =>
    step("jwks", "failed", sentence, { fix, durationMs });
  if (trail.fault) {
    const { sentence, fix } = describeFault(trail.fault, trail);
    if (isHidden(trail)) return step("jwks", "skipped", sentence, { fix, durationMs });
    return failed(say`The keys cannot be fetched: ${sentence}`, fix);
  }
  const { response, body } = trail;
  if (response?.status !== 200) {
    return failed(
      say`jwks_uri answers ${response?.status} instead of 200.`,
      say`Let jwks_uri name the JWK set itself, without redirect.`,
    );
  }
  if (!body || body.cappedBy || body.decodedBytes >= BETTER_AUTH_BYTES) {
    return failed(
      say`The JWK set has ${BETTER_AUTH_BYTES} bytes or more, too much for Better Auth.`,
      say`Publish only the keys in use.`,
    );
  }
  const keys = readKeys(new TextDecoder().decode(body.bytes));
  if (typeof keys === "string")
    return failed(keys, say`Publish { "keys": [ … ] } with the public halves of your keys.`);
  const secret = keys.flatMap((key, index) => {
    const members = PRIVATE_MEMBERS.filter((member) => Object.hasOwn(key, member));
    return members.length > 0 ? [`keys[${index}]: ${members.join(", ")}`] : [];
  });
  if (secret.length > 0) {
    return step("jwks", "failed", say`The JWK set publishes private or symmetric key material.`, {
      fix: say`Take the keys out of service now, make new ones, and publish only their public halves.`,
      details: secret,
      durationMs,
    });
  }
  const usable = keys.filter(({ kty, use }) => PUBLIC_KEY_TYPES.has(kty) && use !== "enc");
  if (usable.length === 0) {
    return failed(
      say`The JWK set has no key that can verify a signature.`,
      say`Add an EC or RSA public key for signatures.`,
    );
  }
  if (body.decodedBytes > AUTH0_BYTES) {
    return step(
      "jwks",
      "warning",
      say`The JWK set has ${body.decodedBytes} bytes, more than the ${AUTH0_BYTES} Auth0 reads.`,
      {
        fix: say`Publish only the keys in use.`,
        durationMs,
      },
    );
  }
  return step(
    "jwks",
    "passed",
    usable.length === 1
      ? say`A JWK set with 1 key for signatures, no private members.`
      : say`A JWK set with ${usable.length} keys for signatures, no private members.`,
    { durationMs },
  );
}

type Jwk = Readonly<Record<string, unknown>>;

/** @returns the keys, or a sentence why there are none */
function readKeys(text: string): readonly Jwk[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return say`jwks_uri does not answer with JSON.`;
    throw error;
  }
  if (!isObject(value) || !Array.isArray(value["keys"]))
    return say`jwks_uri does not answer with a JWK set: there is no "keys" array.`;
  const { keys } = value as { keys: unknown[] };
  if (keys.length === 0) return say`The JWK set has no keys.`;
  const objects = keys.filter(isObject);
  return objects.length === keys.length ? objects : say`The JWK set has entries that are no objects.`;
}

function isObject(value: unknown): value is Jwk {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
