import { isUnicastIpHostname } from "@atproto-labs/fetch-node";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { atproto } from "../../server/src/servers/atproto/atproto.js";
import { fetchFault } from "../../server/src/servers/atproto/fetchPolicy.js";
import { evaluate, isRefusal, match } from "../../server/src/servers/evaluate.js";
import type { ServerProfile } from "../../server/src/servers/profile.js";
import {
  disagreement,
  refusingConstraints,
  rulesOf,
  unreached,
  urlOf,
  without,
} from "./support/agreement.js";
import { ATPROTO_ISSUER, AtprotoEngine } from "./support/atprotoEngine.js";
import {
  ATPROTO_ACCEPTED,
  ATPROTO_PROOFS,
  ATPROTO_RULES,
  atprotoDocument,
  atprotoNativeDocument,
} from "./support/atprotoProofs.js";
import {
  DOCUMENT_URL,
  documents,
  hostname,
  jsonWebKey,
  uri,
  uriPair,
} from "./support/betterAuthAtprotoDocuments.js";
import { assertionKey } from "./support/clientAssertions.js";
import { type DocumentCase, documentCase } from "./support/documents.js";
import type { EngineAnswer } from "./support/engineAnswer.js";
import { runs, timeout } from "./support/runs.js";
import { letSecondInvalidUrlGo } from "./support/zodRejections.js";

const DOCUMENTS = 2200;
const PAIRS = 2000;
const OUTCOMES = 400;
const KEYS = 400;

const COMMON = {
  scope: "atproto",
  dpop_bound_access_tokens: true,
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
};
const CONFIDENTIAL = {
  ...COMMON,
  redirect_uris: ["https://app.acme.dev/cb"],
  token_endpoint_auth_method: "private_key_jwt",
  token_endpoint_auth_signing_alg: "ES256",
};

const around = documents([
  {
    ...COMMON,
    redirect_uris: ["http://127.0.0.1/cb", "dev.acme.app:/cb"],
    application_type: "native",
    token_endpoint_auth_method: "none",
  },
  {
    ...COMMON,
    redirect_uris: ["https://app.acme.dev/cb"],
    application_type: "web",
    token_endpoint_auth_method: "none",
    client_uri: "https://app.acme.dev/oauth/",
  },
  { ...CONFIDENTIAL, jwks: { keys: [{ kty: "EC", kid: "k", crv: "P-256", x: "AA", y: "AA" }] } },
  { ...CONFIDENTIAL, jwks_uri: "https://app.acme.dev/jwks.json" },
]);
const anyDocument = fc.oneof({ arbitrary: around, weight: 7 }, { arbitrary: documentCase, weight: 1 });

const engine = await AtprotoEngine.create();
afterAll(letSecondInvalidUrlGo());

function evaluated({ text, url }: DocumentCase) {
  return evaluate(new ClientMetadataDocument(text, { url }), atproto);
}

/** As `disagreement`; a URI that no parser takes throws out of the schema, which then forgets what member it was. */
function wrong(profile: ServerProfile, input: DocumentCase, answer: EngineAnswer): string | undefined {
  const found = disagreement(profile, input, answer);
  if (found === undefined || answer.loads || answer.words !== "Invalid URL") return found;
  const { reasons } = evaluate(new ClientMetadataDocument(input.text, { url: input.url }), profile);
  return reasons.some((reason) => isRefusal(reason) && reason.message.endsWith("Invalid URL"))
    ? undefined
    : found;
}

describe("atproto loads documents as the profile says", () => {
  it(
    "generated ones, with the same words",
    async () => {
      await fc.assert(
        fc.asyncProperty(anyDocument, async (input) => {
          expect(wrong(atproto, input, await engine.load(urlOf(input), input.text))).toBeUndefined();
        }),
        runs(DOCUMENTS),
      );
    },
    timeout(DOCUMENTS),
  );

  it("has a generator that reaches every refusing constraint", () => {
    // No generated document is longer than half a megabyte; the proof is.
    expect(unreached(atproto, fc.sample(anyDocument, { numRuns: 6000, seed: 7 }))).toEqual(["size"]);
  });
});

describe("the constraints of atproto's profile", () => {
  it("have a proof each, and there is none for anything else", () => {
    expect(Object.keys(ATPROTO_PROOFS).sort()).toEqual(refusingConstraints(atproto).sort());
  });

  it.each(Object.entries(ATPROTO_PROOFS))("are needed: %s", async (id, proofs) => {
    for (const proof of proofs) {
      const answer = await engine.load(urlOf(proof), proof.text);
      const shown = proof.text.slice(0, 500);
      expect(answer.loads, shown).toBe(false);
      expect(wrong(atproto, proof, answer)).toBeUndefined();
      expect(wrong(without(atproto, id), proof, answer), shown).toBeDefined();
    }
    expect(rulesOf(atproto, id, proofs)).toEqual(ATPROTO_RULES[id]);
  });

  it.each(ATPROTO_ACCEPTED.map((input) => [input.text.slice(0, 300).trim(), input] as const))(
    "let through %s",
    async (_, input) => {
      expect(await engine.load(urlOf(input), input.text)).toEqual({ loads: true });
      expect(wrong(atproto, input, { loads: true })).toBeUndefined();
    },
  );
});

describe("atproto compares redirect URIs as the profile says", () => {
  it(
    "generated pairs, with the same words",
    async () => {
      await fc.assert(
        fc.asyncProperty(uriPair, async ({ entry, requested }) => {
          const input = atprotoNativeDocument(entry);
          fc.pre(evaluated(input).verdict === "accepts");
          const { allowed, error } = await engine.authorize(DOCUMENT_URL, input.text, requested);
          const said = match(atproto, new ClientMetadataDocument(input.text), requested);
          expect({ outcome: said.outcome, reason: said.reason }).toEqual({
            outcome: allowed ? "allowed" : "refused",
            reason: error,
          });
        }),
        runs(PAIRS),
      );
    },
    timeout(PAIRS),
  );

  it(
    "an entry works when a request with its own text gets through, on any port of the machine itself unless it names one",
    async () => {
      await fc.assert(
        fc.asyncProperty(uri, async (entry) => {
          const input = atprotoNativeDocument(entry);
          const { verdict, signIn } = evaluated(input);
          const outcome = signIn[0]?.outcome;
          fc.pre(verdict === "accepts" && outcome !== "never");
          expect((await engine.authorize(DOCUMENT_URL, input.text, entry)).allowed).toBe(true);
          const elsewhere = URL.parse(entry);
          if (elsewhere?.protocol !== "http:") return;
          elsewhere.port = elsewhere.port === "49152" ? "49153" : "49152";
          const { allowed } = await engine.authorize(DOCUMENT_URL, input.text, elsewhere.href);
          expect(allowed).toBe(outcome === "works");
        }),
        runs(OUTCOMES),
      );
    },
    timeout(OUTCOMES),
  );

  it("nobody can send half a surrogate pair, unless URL parsers replace it on both sides", async () => {
    const input = atprotoNativeDocument("https://app.acme.dev/\ud800", "http://127.0.0.1/\ud800");
    expect(evaluated(input).signIn.map(({ outcome }) => outcome)).toEqual(["never", "works"]);
    const sent = ["https://app.acme.dev/\ufffd", "http://127.0.0.1/\ufffd"];
    for (const [index, uri] of sent.entries()) {
      const { allowed } = await engine.authorize(DOCUMENT_URL, input.text, uri);
      expect(allowed).toBe(index === 1);
    }
  });
});

describe("atproto's flow is what the profile says", () => {
  it("never grants the scope openid", async () => {
    const input = atprotoDocument({ scope: "atproto openid" });
    const { error } = await engine.authorize(
      DOCUMENT_URL,
      input.text,
      "https://app.acme.dev/cb",
      "atproto openid",
    );
    expect(evaluated(input).reasons).toEqual([
      { stage: "authorize", effect: "limits", rule: "atproto/openid", message: error, pointer: "/scope" },
    ]);
  });

  it("leaves out the scopes that it cannot read", async () => {
    const scope =
      "atproto transition:generc repo:app.bsky.feed.post rpc:app.bsky.feed.getFeed?aud=did:web:a.dev";
    const input = atprotoDocument({ scope });
    const { scope: asked } = await engine.authorize(
      DOCUMENT_URL,
      input.text,
      "https://app.acme.dev/cb",
      scope,
    );
    expect(asked).toBe("atproto repo:app.bsky.feed.post");
    expect(evaluated(input).reasons).toEqual([
      {
        stage: "authorize",
        effect: "limits",
        rule: "atproto/scope-grammar",
        message: "atproto leaves out 2 scopes that it cannot read, the first of them transition:generc.",
        pointer: "/scope",
      },
    ]);
    const [one] = evaluated(atprotoDocument({ scope: "atproto email" })).reasons;
    expect(one?.message).toBe("atproto leaves out the scope email, which it cannot read.");
  });

  it("refreshes nothing without the refresh_token grant", async () => {
    const input = atprotoDocument({ grant_types: ["authorization_code"] });
    const error = await engine.refresh(DOCUMENT_URL, input.text).catch(({ message }: Error) => message);
    expect(evaluated(input).reasons.map(({ message, effect }) => ({ message, effect }))).toEqual([
      { message: error, effect: "limits" },
    ]);
    const both = await engine
      .refresh(DOCUMENT_URL, atprotoDocument().text)
      .catch(({ message }: Error) => message);
    expect(both).not.toBe(error);
  });

  it(
    "keeps the keys the profile says it keeps",
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(jsonWebKey, { maxLength: 3 }), async (keys) => {
          const input = atprotoDocument({ jwks: { keys } });
          const dropped = evaluated(input).reasons.filter(({ pointer }) =>
            pointer?.startsWith("/jwks/keys/"),
          );
          expect(keys.length - dropped.length).toBe(await engine.keptKeys(DOCUMENT_URL, input.text));
        }),
        runs(KEYS),
      );
    },
    timeout(KEYS),
  );

  it("keeps keys of every algorithm it knows, and of none else", async () => {
    const algorithms = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 ES256K EdDSA HS256 none".split(
      " ",
    );
    for (const shape of [
      { kty: "RSA", n: "AA", e: "AA" },
      { kty: "EC", crv: "P-256", x: "AA", y: "AA" },
      { kty: "EC", crv: "P-384", x: "AA", y: "AA" },
      { kty: "EC", crv: "P-521", x: "AA", y: "AA" },
      { kty: "EC", crv: "secp256k1", x: "AA", y: "AA" },
      { kty: "OKP", crv: "Ed25519", x: "AA" },
      { kty: "OKP", crv: "Ed448", x: "AA" },
    ]) {
      for (const alg of algorithms) {
        const input = atprotoDocument({ jwks: { keys: [{ kid: "k", ...shape, alg }] } });
        const dropped = evaluated(input).reasons.length;
        expect(1 - dropped, JSON.stringify({ ...shape, alg })).toBe(
          await engine.keptKeys(DOCUMENT_URL, input.text),
        );
      }
    }
  });

  it.each([
    { what: "a key", alg: "ES256", change: {}, works: true },
    { what: "a key for signatures", alg: "ES256", change: { use: "sig", key_ops: ["verify"] }, works: true },
    { what: "a key for encryption", alg: "ES256", change: { use: "enc" }, works: false },
    { what: "a key that only wraps", alg: "ES256", change: { key_ops: ["wrapKey"] }, works: false },
    { what: "a short RSA key", alg: "RS256", change: {}, digits: 171, works: false },
    { what: "a long RSA key", alg: "RS256", change: {}, works: true },
  ])("$what authenticates a client: $works", async ({ alg, change, works, digits }) => {
    const key = await assertionKey(alg, "k");
    const published = { ...key.published, ...change };
    // jose makes no RSA key under 2048 bits, so a short one comes with the signature of a long one.
    if (digits !== undefined && published.n) published.n = published.n.slice(0, digits);
    const input = atprotoDocument({
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: alg,
      jwks: { keys: [published] },
    });
    const assertion = await key.sign(DOCUMENT_URL, ATPROTO_ISSUER);
    const told = await engine.authenticate(DOCUMENT_URL, input.text, assertion);
    const { verdict, reasons } = evaluated(input);
    expect(verdict).toBe("accepts");
    expect(reasons.map(({ message }) => message)).toEqual(works ? [] : [told]);
    expect(told === undefined).toBe(works);
  });
});

describe("atproto's addresses are what the profile says", () => {
  it("for every edge of a block", () => {
    for (const host of fc.sample(hostname, { numRuns: 5000, seed: 7 })) {
      const url = URL.parse(`https://${host}/`);
      const unicast = url ? isUnicastIpHostname(url.hostname) : undefined;
      if (!url || unicast === undefined) continue;
      expect(fetchFault(url.href)?.kind, url.hostname).toBe(unicast ? undefined : "address");
    }
  });
});
