import { expandExample } from "../../server/src/rules/example.js";
import { RULES } from "../../server/src/rules/rules.js";

/** A document of a desktop client, close to what people write. */
export const DOCUMENT = `{
  "client_id": "https://app.acme.dev/oauth/client.json",
  "client_name": "Acme Desktop",
  "client_name#de": "Acme für den Schreibtisch",
  "client_uri": "https://app.acme.dev/",
  "logo_uri": "https://app.acme.dev/logo.png",
  "redirect_uris": ["http://localhost:*/callback", "http://127.0.0.1/callback", "com.acme.app:/callback"],
  "application_type": "native",
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "scope": "read write",
  "token_endpoint_auth_method": "private_key_jwt",
  "jwks": { "keys": [{ "kty": "EC", "crv": "P-256", "kid": "one",
    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }] }
}
`;

/** Longer examples are about size, which mutations of short texts reach as well. */
const LONGEST = 2_000;

/** The documents of all rules' examples, with and without their problem. */
export function exampleDocuments(): string[] {
  const examples = RULES.flatMap(({ bad, good }) => [...bad, ...good]);
  const texts = examples
    .map((example) => expandExample(example).text)
    .filter(({ length }) => length < LONGEST);
  return [...new Set([DOCUMENT, ...texts])];
}

/** Single members as the rules' examples have them, without the marks. */
export const MEMBERS: readonly string[] = RULES.flatMap(({ bad, good }) => [...bad, ...good])
  .filter((example) => !example.startsWith("=") && example.length < 400)
  .map((example) => example.replace(/[«»]/g, ""));

/** URIs of all the kinds that documents hold. */
export const URIS: readonly string[] = [
  "https://app.acme.dev/oauth/client.json",
  "https://app.acme.dev:8443/callback?state=a&b=%20#top",
  "https://user:password@app.acme.dev/./a/../callback",
  "https://*.acme.dev/auth/*",
  "http://localhost:*/callback",
  "http://localhost:3000/callback",
  "http://127.0.0.1/callback",
  "http://127.0.0.1:51353/callback",
  "http://[::1]:8080/callback",
  "http://[::ffff:7f00:1]/",
  "http://0x7f.1/",
  "https://münchen.example/",
  "https://xn--mnchen-3ya.example/%zz",
  "com.acme.app:/callback",
  "com.acme.app://callback",
  "vscode://publisher.extension/did-authenticate",
  "urn:ietf:wg:oauth:2.0:oob",
  "javascript:alert(1)",
  "//app.acme.dev/callback",
  "/callback",
  "https://раypal.example/",
  "https://10.0.0.1/",
  "https://[fe80::1%25eth0]/",
];
