import fc from "fast-check";
import type { Field } from "../../../server/src/metadata/field.js";
import { FIELDS } from "../../../server/src/metadata/fields.js";
import { clientIdUrl, memberUrl, redirectUri } from "../../servers/support/uris.js";

type Members = Readonly<Record<string, unknown>>;

const CLIENT_ID = "https://app.acme.dev/oauth/client.json";
const EC = {
  kty: "EC",
  crv: "P-256",
  kid: "one",
  use: "sig",
  alg: "ES256",
  x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
  y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
};
const ATPROTO = {
  client_id: CLIENT_ID,
  client_name: "Acme",
  scope: "atproto transition:generic",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  dpop_bound_access_tokens: true,
};

/** Documents in the shapes that people publish, for MCP, atproto and Solid. */
export const REALISTIC: readonly Members[] = [
  {
    client_id: CLIENT_ID,
    client_name: "Acme",
    redirect_uris: ["https://app.acme.dev/callback"],
  },
  {
    client_id: CLIENT_ID,
    client_name: "Acme",
    client_uri: "https://app.acme.dev",
    redirect_uris: ["https://app.acme.dev/callback"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  },
  {
    client_id: CLIENT_ID,
    client_name: "Acme Desktop",
    client_uri: "https://app.acme.dev/",
    logo_uri: "https://app.acme.dev/logo.png",
    redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"],
    application_type: "native",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  },
  {
    client_id: CLIENT_ID,
    client_name: "Acme Code",
    redirect_uris: ["http://localhost:3118/callback", "http://127.0.0.1:3118/callback"],
    grant_types: ["authorization_code"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    scope: "openid offline_access mcp",
  },
  {
    client_id: CLIENT_ID,
    client_name: "Acme Editor",
    redirect_uris: ["vscode://acme.acme/did-authenticate", "dev.acme.app:/callback", "http://127.0.0.1/"],
    application_type: "native",
    token_endpoint_auth_method: "none",
  },
  {
    client_id: CLIENT_ID,
    client_name: "Acme Chat",
    client_uri: "https://app.acme.dev",
    logo_uri: "https://app.acme.dev/logo.svg",
    tos_uri: "https://app.acme.dev/terms",
    policy_uri: "https://app.acme.dev/privacy",
    contacts: ["dev@acme.dev"],
    redirect_uris: ["https://app.acme.dev/connector/oauth/callback"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "RS256",
    jwks_uri: "https://app.acme.dev/oauth/jwks.json",
    software_id: "acme-chat",
    software_version: "1.2.3",
  },
  {
    client_id: CLIENT_ID,
    client_name: "Acme Cloud",
    redirect_uris: ["https://app.acme.dev/callback", "https://eu.acme.dev/callback"],
    token_endpoint_auth_method: "private_key_jwt",
    jwks: { keys: [EC] },
    response_types: ["code"],
    grant_types: ["authorization_code", "refresh_token"],
  },
  {
    client_id: CLIENT_ID,
    client_name: "Acme",
    redirect_uris: ["http://localhost:*/callback", "https://app.acme.dev/auth/*"],
    token_endpoint_auth_method: "none",
  },
  {
    ...ATPROTO,
    client_uri: "https://app.acme.dev",
    redirect_uris: ["https://app.acme.dev/callback"],
    application_type: "web",
    token_endpoint_auth_method: "none",
  },
  {
    ...ATPROTO,
    redirect_uris: ["http://127.0.0.1/callback", "dev.acme.app:/callback"],
    application_type: "native",
    token_endpoint_auth_method: "none",
  },
  {
    ...ATPROTO,
    redirect_uris: ["https://app.acme.dev/callback"],
    application_type: "web",
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    jwks: { keys: [EC] },
  },
  {
    ...ATPROTO,
    client_uri: "https://app.acme.dev",
    logo_uri: "https://app.acme.dev/logo.png",
    tos_uri: "https://app.acme.dev/terms",
    policy_uri: "https://app.acme.dev/privacy",
    redirect_uris: ["https://app.acme.dev/callback", "https://app.acme.dev/callback?from=acme"],
    application_type: "web",
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    jwks_uri: "https://app.acme.dev/oauth/jwks.json",
  },
  {
    "@context": ["https://www.w3.org/ns/solid/oidc-context.jsonld"],
    client_id: CLIENT_ID,
    client_name: "Acme Pod",
    redirect_uris: ["https://app.acme.dev/callback"],
    post_logout_redirect_uris: ["https://app.acme.dev/"],
    scope: "openid webid offline_access",
    grant_types: ["refresh_token", "authorization_code"],
    response_types: ["code"],
    default_max_age: 3600,
    require_auth_time: true,
  },
];

/** Values of every JSON type, and the odd ones among them, as they are written. */
const VALUES = [
  ...[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1.5",
    "1e2",
    "1E400",
    "12345678901234567890",
    '""',
    '" "',
    '"x"',
  ],
  ...["[]", '[""]', "[null]", '["x"]', "[1]", '[["x"]]', "[{}]", "{}", '{"x":1}', '"null"', '"true"', '"1"'],
  ...[
    '"\\u0000"',
    '"\\ud800"',
    '"\\u00e9"',
    '"a\\nb"',
    '"\u2028"',
    '"<script>"',
    '"é"',
    '"e\u0301"',
    '"\u202eacme"',
  ],
];

const anyValue = fc.oneof(
  { arbitrary: fc.constantFrom(...VALUES), weight: 5 },
  { arbitrary: fc.json({ maxDepth: 2 }), weight: 1 },
);

const quoted = (text: string): string => JSON.stringify(text.toWellFormed());

/** Values of a member that are at least of the right type. */
function likelyValue(field: Field): fc.Arbitrary<string> {
  const known = (field.values ?? []).map(({ value }) => value);
  const examples = (field.examples ?? []).map((value) => JSON.stringify(value));
  const strings = fc.constantFrom("x", "", " ", ...known);
  const some: fc.Arbitrary<string>[] = examples.length > 0 ? [fc.constantFrom(...examples)] : [];
  const uri = field.name === "redirect_uris" ? redirectUri : memberUrl;
  const list = (item: fc.Arbitrary<string>) =>
    fc.array(item, { maxLength: 3 }).map((items) => `[${items.map(quoted).join(",")}]`);
  switch (field.kind) {
    case "string":
      some.push(strings.map(quoted));
      break;
    case "url":
      some.push((field.name === "client_id" ? clientIdUrl : uri).map(quoted));
      break;
    case "string[]":
      some.push(list(strings));
      break;
    case "url[]":
      some.push(list(uri));
      break;
    case "boolean":
      some.push(fc.constantFrom("true", "false"));
      break;
    case "integer":
      some.push(fc.constantFrom("0", "1", "3600", "1700000000"));
      break;
    default:
      some.push(anyValue);
  }
  return fc.oneof(...some);
}

/** @returns every member of the registry with every value of any kind, one at a time, in a document */
export function* singleChanges(members: Members): Generator<string> {
  for (const chosen of FIELDS) {
    const known = (chosen.values ?? []).map(({ value }) => value);
    const texts = [
      ...VALUES,
      ...known.map(quoted),
      ...known.map((value) => `[${quoted(value)}]`),
      ...known.map((value) => `[${quoted(value)},${quoted(value)}]`),
      ...chosen.examples.map((value) => JSON.stringify(value)),
    ];
    const others = written(members).filter(([name]) => name !== chosen.name);
    yield textOfMembers(others);
    for (const text of texts) yield textOfMembers([...others, [chosen.name, text]]);
  }
}

/** A document's members as they are written, so that one may stand there twice. */
type Written = readonly (readonly [name: string, value: string])[];

type Edit = (members: Written) => Written;

const field = fc.constantFrom(...FIELDS);

/** The members that servers look at most. */
const PROMINENT = FIELDS.filter(({ name }) =>
  /^(client_id|client_name|client_uri|logo_uri|redirect_uris|grant_types|response_types|scope|application_type|jwks|jwks_uri|token_endpoint_auth_method|token_endpoint_auth_signing_alg|contacts|tos_uri|policy_uri|client_secret|client_secret_expires_at|software_id|software_version|software_statement|post_logout_redirect_uris|dpop_bound_access_tokens)$/.test(
    name,
  ),
);

const prominent = fc.constantFrom(...PROMINENT);

const valueFor = (chosen: Field): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: likelyValue(chosen), weight: 4 }, { arbitrary: anyValue, weight: 1 });

/** A member has another value, or is new. */
const set: fc.Arbitrary<Edit> = fc
  .oneof({ arbitrary: prominent, weight: 2 }, { arbitrary: field, weight: 1 })
  .chain((chosen) => fc.tuple(fc.constant(chosen.name), valueFor(chosen)))
  .map(([name, value]) => (members) => [
    ...members.filter(([other]) => other !== name),
    [name, value] as const,
  ]);

/** A member that no specification names; most servers look past it. */
const add: fc.Arbitrary<Edit> = fc
  .tuple(
    fc.constantFrom("x", "$schema", "display_name", "acme_feature", "software_vendor", "", "enabled"),
    anyValue,
  )
  .map(([name, value]) => (members) => [...members, [name, value] as const]);

const remove: fc.Arbitrary<Edit> = fc
  .nat()
  .map((place) => (members) => members.filter((_, at) => at !== place % members.length));

/** A second member of a name, in front of the first or behind it. */
const double: fc.Arbitrary<Edit> = fc
  .tuple(
    prominent.chain((chosen) => fc.tuple(fc.constant(chosen.name), valueFor(chosen))),
    fc.boolean(),
  )
  .map(
    ([[name, value], front]) =>
      (members) =>
        front ? [[name, value], ...members] : [...members, [name, value]],
  );

const NAME_SPELLINGS: readonly ((name: string) => string)[] = [
  (name) => name.toUpperCase(),
  (name) => name.replace(/^./, (first) => first.toUpperCase()),
  (name) => name.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase()),
  (name) => name.replaceAll("_", "-"),
  (name) => ` ${name}`,
  (name) => `${name}#de`,
  (name) => name.replace("s", "\u017f"),
  (name) => name.replace("k", "\u212a"),
];

/** A member's name is spelled otherwise; Go's JSON, for one, takes any case. */
const rename: fc.Arbitrary<Edit> = fc
  .tuple(fc.nat(), fc.constantFrom(...NAME_SPELLINGS), fc.boolean())
  .map(([place, spell, keep]) => (members) => {
    const at = place % Math.max(1, members.length);
    const found = members[at];
    if (!found) return members;
    const renamed = [spell(found[0]), found[1]] as const;
    return keep ? [...members, renamed] : members.with(at, renamed);
  });

/** One item of a list is another, or there is one more. */
const item: fc.Arbitrary<Edit> = fc
  .tuple(fc.nat(), fc.nat(), fc.oneof(anyValue, redirectUri.map(quoted)), fc.boolean())
  .map(([place, index, value, more]) => (members) => {
    const lists = members.filter(([, text]) => /^\[\s*[^\s\]]/.test(text));
    const found = lists[place % Math.max(1, lists.length)];
    if (!found) return members;
    const items = (JSON.parse(found[1]) as unknown[]).map((one) => JSON.stringify(one));
    const changed = more ? [...items, value] : items.with(index % items.length, value);
    return members.map((member) => (member === found ? [member[0], `[${changed.join(",")}]`] : member));
  });

/** One change to a document's members. */
export const memberEdit: fc.Arbitrary<Edit> = fc.oneof(
  { arbitrary: set, weight: 6 },
  { arbitrary: remove, weight: 2 },
  { arbitrary: add, weight: 2 },
  { arbitrary: item, weight: 2 },
  { arbitrary: double, weight: 1 },
  { arbitrary: rename, weight: 1 },
);

const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => `\ufeff${text}`,
  (text) => `${text}\n`,
  (text) => ` \t\r\n${text}`,
  (text) => `${text} x`,
  (text) => `${text}{}`,
  (text) => `${text}\0`,
  (text) => `${text}\u00a0`,
  (text) => `${text}// end`,
  (text) => `/* start */${text}`,
  (text) => text.replace(/\}$/, ",}"),
  (text) => text.replace("]", ",]"),
  (text) => text.replaceAll('"', "'"),
  (text) => text.slice(0, -1),
  (text) => text.replace("/", "\\/"),
  (text) => text.replace("client_id", "client\\u005fid"),
  (text) => text.replace("Acme", "Ac\tme"),
  (text) => text.replace("Acme", "Ac\u007fme"),
  (text) => text.replace("Acme", "\\ud83d\\ude00"),
  (text) => text.replace("Acme", "\\ude00"),
  (text) => text.replace(":", ": "),
];

const spelling = fc.oneof(
  { arbitrary: fc.constant((text: string) => text), weight: 12 },
  { arbitrary: fc.constantFrom(...SPELLINGS), weight: 1 },
);

function written(members: Members): Written {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, JSON.stringify(value)]);
}

function textOfMembers(members: Written): string {
  return `{${members.map(([name, value]) => `${quoted(name)}:${value}`).join(",")}}`;
}

/** @returns a document's text, after a change; `undefined` leaves a member out */
export function textWith(members: Members, change: Edit = (same) => same): string {
  return textOfMembers(change(written(members)));
}

/** Most changes to a document are one: then it is known what a server minds. */
const edits = fc.oneof(
  { arbitrary: fc.constant<Edit[]>([]), weight: 1 },
  { arbitrary: fc.tuple(memberEdit), weight: 7 },
  { arbitrary: fc.array(memberEdit, { minLength: 2, maxLength: 3 }), weight: 2 },
);

/** Texts of documents as people publish them, with none to a few changes. */
export const realisticDocument: fc.Arbitrary<string> = fc
  .record({ base: fc.constantFrom(...REALISTIC), edits, spelling })
  .map(({ base, edits: changes, spelling: respell }) =>
    respell(textOfMembers(changes.reduce((members, change) => change(members), written(base)))),
  );
