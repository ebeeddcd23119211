// The texts that are measured. They are made here, from a seed, and nothing outside this folder knows them. What is usual
// among published documents (sizes, members, kinds of redirect URI and how often each is met) was counted; the words are ours.

/** A redirect URI of each kind; `i` makes it another one. */
export const REDIRECTS = {
  https: (i) => `https://app.acme.dev/tenants/${i}/callback`,
  loopback: (i) => `http://127.0.0.1/callback/${i}`,
  "loopback with a port": (i) => `http://localhost:${1024 + (i % 60_000)}/callback/${i}`,
  "private-use": (i) => `dev.acme.app:/callback/${i}`,
  wildcard: (i) => `http://localhost:*/callback/${i}`,
};

const key = (i) => ({
  kty: "EC",
  use: "sig",
  crv: "P-256",
  alg: "ES256",
  kid: `key-${i}`,
  x: "xPjRyFrQGmAE5OWUm4MsUMWGJqxST4YYxxs41L98SRc",
  y: "Zyh6_2P-1C8Awojj2QXsFW0lso_LJhiUIP1dW9nVTLY",
});

/** @param {number} seed @returns {() => number} numbers from 0 to 1, the same in every run (mulberry32) */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many of the forty have redirect URIs of each kind. */
const KINDS = Object.entries({
  https: 18,
  "loopback with a port": 11,
  loopback: 4,
  "private-use": 4,
  wildcard: 3,
}).flatMap(([kind, count]) => Array(count).fill(kind));

const many = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const named = (tags) => Object.fromEntries(tags.map((tag) => [`client_name#${tag}`, `Acme Notes (${tag})`]));
const withKeys = { token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "ES256" };

/** Members of documents that are not usual, by number; the last three have about 1, 1.5 and 5 KB. */
const UNUSUAL = {
  5: named(["de", "fr"]),
  14: { ...withKeys, jwks_uri: "https://acme.dev/jwks.json" },
  21: {
    ...named(["de", "ja"]),
    redirect_uris: Object.values(REDIRECTS).map((redirect) => redirect(1)),
    post_logout_redirect_uris: ["https://app.acme.dev/signed-out"],
    contacts: ["support@acme.dev"],
    software_id: "4f8c6a52-6d0b-4c39-9d5e-7a1f1f0b8f11",
    software_version: "2.4.0",
  },
  27: {
    ...withKeys,
    jwks: { keys: many(2, key) },
    redirect_uris: many(10, REDIRECTS["loopback with a port"]),
  },
  33: {
    ...withKeys,
    ...named(["de", "fr", "ja", "ko", "pl", "pt-BR", "uk", "zh-Hant"]),
    jwks: { keys: many(8, key) },
    redirect_uris: Object.values(REDIRECTS).flatMap((redirect) => many(10, redirect)),
  },
};

/** Members of documents with a mistake, by number; without a value they are missing. */
const MISTAKES = {
  2: { client_id: undefined },
  9: { redirect_uris: "https://app.acme.dev/callback" },
  17: { redirect_uris: undefined },
  24: { client_secret: "not-a-secret", scope: ["openid"] },
};

/** Texts that are no JSON, by number. */
const DAMAGES = {
  12: (text) => text.replace(',\n  "client_name"', '\n  "client_name"'),
  30: (text) => text.slice(0, text.length / 2),
};

/** @param {number} number @param {() => number} random @returns {string} */
function publishedDocument(number, random) {
  const often = (share) => random() < share;
  const base = `https://${["notes", "agent-tools", "calendar.acme", "acme-desktop"][number % 4]}.dev`;
  const kind = KINDS[number];
  const count = often(0.65) ? 1 : often(0.9) ? 2 : 3;
  const atproto = often(0.5);
  const document = {
    client_id: `${base}/oauth-client-metadata.json`,
    ...(number % 10 === 0 ? {} : { client_name: "Acme Notes" }),
    ...(often(0.75) ? { client_uri: base } : {}),
    ...(often(0.28) ? { logo_uri: `${base}/logo.png` } : {}),
    ...(often(0.16) ? { policy_uri: `${base}/privacy`, tos_uri: `${base}/terms` } : {}),
    redirect_uris: many(count, (i) => REDIRECTS[kind](number + i)),
    ...(atproto ? { scope: "atproto transition:generic" } : {}),
    grant_types: often(0.85) ? ["authorization_code", "refresh_token"] : ["authorization_code"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    ...(often(0.6) ? { application_type: kind === "https" ? "web" : "native" } : {}),
    ...(atproto ? { dpop_bound_access_tokens: true } : {}),
  };
  return JSON.stringify(
    { ...document, ...UNUSUAL[number], ...MISTAKES[number] },
    undefined,
    number % 8 === 7 ? undefined : 2,
  );
}

/** @returns {string[]} forty documents shaped like published ones, two of them no JSON */
export function publishedDocuments() {
  const random = randomNumbers(1);
  const texts = KINDS.map((_, number) => publishedDocument(number, random));
  texts[0] =
    '{"client_id":"https://acme.dev/oauth/client.json","redirect_uris":["https://acme.dev/oauth/callback"]}';
  return texts.map((text, number) => DAMAGES[number]?.(text) ?? text);
}

/** @returns {string} a document of as many pieces as fit into so many bytes; all pieces are ASCII */
function filled(bytes, start, piece, between, end) {
  const pieces = [piece(0)];
  let length = start.length + pieces[0].length + end.length;
  for (let i = 1; ; i++) {
    const next = between + piece(i);
    length += next.length;
    if (length > bytes) return start + pieces.join("") + end;
    pieces.push(next);
  }
}

const START = '{\n  "client_id": "https://acme.dev/client.json",\n  "client_name": "Acme",\n  ';
const CALLBACK = '"redirect_uris": ["https://acme.dev/callback"]';

/** @param {string} kind of `REDIRECTS` @param {number} bytes @returns {string} a document of redirect URIs of one kind */
export function redirectsDocument(kind, bytes) {
  const piece = (i) => JSON.stringify(REDIRECTS[kind](i));
  return filled(bytes, `${START}"redirect_uris": [\n    `, piece, ",\n    ", "\n  ]\n}");
}

/** @type {Record<string, (bytes: number) => string>} what makes a document long, by name */
export const LONG_DOCUMENTS = {
  ...Object.fromEntries(
    Object.keys(REDIRECTS).map((kind) => [`${kind} redirects`, (bytes) => redirectsDocument(kind, bytes)]),
  ),
  keys: (bytes) =>
    filled(bytes, `${START}${CALLBACK}, "jwks": { "keys": [`, (i) => JSON.stringify(key(i)), ",\n", "]}}"),
  "language tags": (bytes) =>
    filled(bytes, START, (i) => `"client_name#x-${i.toString(36)}": "Acme ${i}"`, ",\n", `, ${CALLBACK}}`),
  "unknown members": (bytes) =>
    filled(bytes, START, (i) => `"redirect_url${i}": [${i}]`, ",\n", `, ${CALLBACK}}`),
  "one member again and again": (bytes) => filled(bytes, START, () => CALLBACK, ",\n", "}"),
  "one long redirect": (bytes) =>
    filled(bytes, `${START}"redirect_uris": ["https://acme.dev/`, () => "a%20", "", '"]}'),
  nesting: (bytes) =>
    filled(bytes, `${START}${CALLBACK}, "a": [`, () => "[".repeat(100) + "]".repeat(100), ",\n", "]}"),
  "no commas": (bytes) =>
    filled(bytes, `${START}"redirect_uris": [`, (i) => JSON.stringify(REDIRECTS.https(i)), "\n", "]}"),
  "no closing brackets": (bytes) => filled(bytes, START, (i) => `"a${i}": [`, "", ""),
};
