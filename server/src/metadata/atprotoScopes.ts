/** Scopes of atproto that are one word and have no parameters. */
export const ATPROTO_WORDS: readonly string[] = [
  "atproto",
  "transition:generic",
  "transition:email",
  "transition:chat.bsky",
];

/** What a parameter of a permission may be. */
export type ParameterForm = "word" | "nsid" | "mime" | "service";

interface Parameter {
  readonly form: ParameterForm;
  readonly required: boolean;
  /** Repeated, it names several values. */
  readonly multiple: boolean;
  readonly allows: (value: string) => boolean;
  /** The words there are, of form `word`. */
  readonly words?: readonly string[];
}

interface Resource {
  /** The parameter whose value may follow the colon. */
  readonly positional: string;
  readonly parameters: ReadonlyMap<string, Parameter>;
}

function words(list: readonly string[], more: { multiple: boolean; required: boolean }): Parameter {
  return { form: "word", words: list, allows: (value) => list.includes(value), ...more };
}

const anyOr = (allows: (value: string) => boolean) => (value: string) => value === "*" || allows(value);

/**
 * The permissions that a scope can ask for.
 *
 * Source: npm:@atproto/oauth-scopes@0.5.12 dist/scopes/*.js; https://atproto.com/specs/permission.
 */
const RESOURCES: ReadonlyMap<string, Resource> = new Map([
  [
    "repo",
    {
      positional: "collection",
      parameters: new Map([
        ["collection", { form: "nsid", required: true, multiple: true, allows: anyOr(isNsid) }],
        ["action", words(["create", "update", "delete"], { required: false, multiple: true })],
      ]),
    },
  ],
  [
    "rpc",
    {
      positional: "lxm",
      parameters: new Map([
        ["lxm", { form: "nsid", required: true, multiple: true, allows: anyOr(isNsid) }],
        ["aud", { form: "service", required: true, multiple: false, allows: anyOr(isService) }],
      ]),
    },
  ],
  [
    "blob",
    {
      positional: "accept",
      parameters: new Map([
        ["accept", { form: "mime", required: true, multiple: true, allows: isMediaRange }],
      ]),
    },
  ],
  [
    "account",
    {
      positional: "attr",
      parameters: new Map([
        ["attr", words(["email", "repo", "status"], { required: true, multiple: false })],
        ["action", words(["read", "manage"], { required: false, multiple: true })],
      ]),
    },
  ],
  [
    "identity",
    {
      positional: "attr",
      parameters: new Map([["attr", words(["handle", "*"], { required: true, multiple: false })]]),
    },
  ],
  [
    "include",
    {
      positional: "nsid",
      parameters: new Map<string, Parameter>([
        ["nsid", { form: "nsid", required: true, multiple: false, allows: isNsid }],
        ["aud", { form: "service", required: false, multiple: false, allows: isService }],
      ]),
    },
  ],
] satisfies [string, { positional: string; parameters: Map<string, Parameter> }][]);

/** What there is to ask for: `repo`, `rpc` … */
export const ATPROTO_RESOURCES: readonly string[] = [...RESOURCES.keys()];

/** What is wrong with a scope, at offsets into it. */
export type ScopeFault = { readonly start: number; readonly end: number } & (
  | { readonly kind: "unknown" }
  | { readonly kind: "encoding" }
  | { readonly kind: "all-of-all" }
  | { readonly kind: "missing" | "repeated" | "twice"; readonly parameter: string }
  | { readonly kind: "parameter"; readonly known: readonly string[] }
  | {
      readonly kind: "value";
      readonly parameter: string;
      readonly form: ParameterForm;
      readonly words: readonly string[];
    }
  | { readonly kind: "no-service" }
);

/** A permission that a scope asks for. */
export interface Permission {
  readonly resource: string;
  /** The values of each parameter that is written, percent-decoded. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

interface Piece {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** What atproto's servers cannot read in a scope, so that they leave it out; undefined where they know it. */
export function atprotoScopeFault(scope: string): ScopeFault | undefined {
  const read = readScope(scope);
  return read !== undefined && "kind" in read ? read : undefined;
}

/** The permission that a scope asks for; undefined where it is none, or has a fault. */
export function atprotoPermission(scope: string): Permission | undefined {
  const read = readScope(scope);
  return read !== undefined && "resource" in read ? read : undefined;
}

/** Reads a scope as npm:@atproto/oauth-scopes@0.5.12 dist/lib/parser.js and syntax-string.js do. */
function readScope(scope: string): Permission | ScopeFault | undefined {
  if (ATPROTO_WORDS.includes(scope)) return undefined;
  const whole = { start: 0, end: scope.length };
  const query = scope.indexOf("?");
  const colon = scope.indexOf(":");
  const head = query < 0 ? scope.length : query;
  const name = scope.slice(0, colon < 0 || colon > head ? head : colon);
  const resource = RESOURCES.get(name);
  if (!resource) return { kind: "unknown", ...whole };

  const { positional, parameters } = resource;
  const pieces = query < 0 ? [] : piecesOf(scope, query + 1);
  const unknown = pieces.find((piece) => !parameters.has(piece.name));
  if (unknown) {
    const end = Math.max(unknown.start + 1, unknown.valueStart - 1);
    return { kind: "parameter", known: [...parameters.keys()], start: unknown.start, end };
  }
  if (colon >= 0 && colon < head) {
    const text = decoded(scope.slice(colon + 1, head));
    const place = { start: colon + 1, end: head };
    if (text === undefined) return { kind: "encoding", ...place };
    const again = pieces.find((piece) => piece.name === positional);
    if (again) return { kind: "twice", parameter: positional, start: again.start, end: again.end };
    pieces.unshift({ name: positional, value: text, valueStart: place.start, ...place });
  }

  const values = new Map<string, string[]>();
  for (const [parameter, { required, multiple }] of parameters) {
    const own = pieces.filter((piece) => piece.name === parameter);
    const second = own[1];
    if (second && !multiple) return { kind: "repeated", parameter, start: second.start, end: second.end };
    if (own.length === 0) {
      if (required) return { kind: "missing", parameter, ...whole };
      continue;
    }
    values.set(
      parameter,
      own.map(({ value }) => value),
    );
  }
  for (const piece of pieces) {
    const parameter = parameters.get(piece.name);
    if (!parameter || parameter.allows(piece.value)) continue;
    const empty = piece.valueStart === piece.end;
    const place = empty ? whole : { start: piece.valueStart, end: piece.end };
    return parameter.form === "service" && isDid(piece.value)
      ? { kind: "no-service", ...place }
      : {
          kind: "value",
          parameter: piece.name,
          form: parameter.form,
          words: parameter.words ?? [],
          ...place,
        };
  }
  if (name === "rpc" && values.get("aud")?.includes("*") && values.get("lxm")?.includes("*"))
    return { kind: "all-of-all", ...whole };
  return { resource: name, values };
}

/** The pairs of a query, read as `URLSearchParams` does. */
function piecesOf(scope: string, from: number): Piece[] {
  const pieces: Piece[] = [];
  // One more question mark at the start is no part of the first name.
  let start = scope[from] === "?" ? from + 1 : from;
  for (const text of scope.slice(start).split("&")) {
    const end = start + text.length;
    // The ampersand keeps a question mark at the start of a later name.
    const [pair] = new URLSearchParams(`&${text}`);
    if (pair) {
      const equals = text.indexOf("=");
      const valueStart = equals < 0 ? end : start + equals + 1;
      pieces.push({ name: pair[0], value: pair[1], start, valueStart, end });
    }
    start = end + 1;
  }
  return pieces;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A namespaced identifier: a domain in reverse order and a name (npm:@atproto/syntax@0.7.6 dist/nsid.js). */
function isNsid(text: string): boolean {
  if (text.length > 317) return false;
  const segments = text.split(".");
  const name = segments.at(-1) ?? "";
  return (
    segments.length >= 3 &&
    segments.every((segment) => /^[a-zA-Z0-9-]{1,63}$/.test(segment) && !/^-|-$/.test(segment)) &&
    /^[a-zA-Z]/.test(text) &&
    /^[a-zA-Z][a-zA-Z0-9]*$/.test(name)
  );
}

/** A media type, or `image/*` for all of a kind (npm:@atproto/oauth-scopes@0.5.12 dist/lib/mime.js `isAccept`). */
function isMediaRange(text: string): boolean {
  const [type, subtype, ...more] = text.split("/");
  if (!type || !subtype || more.length > 0 || text.includes(" ")) return false;
  return text === "*/*" || !text.includes("*") || text.endsWith("/*");
}

/** A service of a DID document: a DID, `#` and the service's id (npm:@atproto/did@0.5.5 dist/did-ref.js). */
function isService(text: string): boolean {
  const hash = text.indexOf("#");
  return (
    hash >= 0 &&
    isDid(text.slice(0, hash)) &&
    /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})+$/.test(text.slice(hash + 1))
  );
}

/** A DID of the two methods that atproto knows (npm:@atproto/did@0.5.5 dist/atproto.js, dist/methods). */
function isDid(text: string): boolean {
  if (text.startsWith("did:plc:")) return /^[a-z2-7]{24}$/.test(text.slice("did:plc:".length));
  if (!text.startsWith("did:web:") || text.length > 2048) return false;
  const host = text.slice("did:web:".length);
  if (!/^(?:[A-Za-z0-9._-]|%[0-9A-F]{2})+$/.test(host)) return false;
  const local = host === "localhost" || host.startsWith("localhost%3A");
  if (host.includes("%3A") && !local) return false;
  const address = host.replaceAll("%3A", ":");
  return URL.canParse(`${local ? "http" : "https"}://${address}`);
}
