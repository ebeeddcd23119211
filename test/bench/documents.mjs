// The documents that are measured: realistic ones of 0.5 KB and 5 KB, and larger ones made of redirect entries, keys and
// language-tagged names in equal parts of the bytes.

const REALISTIC = {
  client_id: "https://app.acme.dev/oauth/client.json",
  client_name: "Acme Desktop",
  client_uri: "https://app.acme.dev/",
  redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"],
  application_type: "native",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};

const redirect = (i) => `https://app.acme.dev/tenants/${i}/callback`;
const key = (i) => ({
  kty: "EC",
  use: "sig",
  crv: "P-256",
  alg: "ES256",
  kid: `key-${i}`,
  x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
  y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
});
const languageTag = (i) => `x-${i.toString(36)}`;

/**
 * @param {number} bytes about how long the text should be
 * @returns {string} JSON, two spaces of indentation
 */
export function documentOf(bytes) {
  const document = structuredClone(REALISTIC);
  const text = () => JSON.stringify(document, undefined, 2);
  const missing = bytes - text().length;
  if (missing <= 0) return text();
  const share = missing / 3;
  const count = (sample) => Math.max(1, Math.floor(share / sample));
  for (let i = 0; i < count(redirect(1000).length + 8); i++) document.redirect_uris.push(redirect(i));
  const keys = Array.from({ length: count(JSON.stringify(key(1000), undefined, 6).length + 8) }, (_, i) =>
    key(i),
  );
  document.jwks = { keys };
  for (let i = 0; i < count(`  "client_name#${languageTag(1000)}": "Acme 1000",\n`.length); i++) {
    document[`client_name#${languageTag(i)}`] = `Acme ${i}`;
  }
  return text();
}
