import { audiencesOf } from "../document/audiences.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { spaceSeparated } from "../document/requestMembers.js";
import { say, translated } from "../localisation/say.js";
import type { ExampleValue, Field, FieldValue } from "../metadata/field.js";
import { KNOWN_SCOPES, scopeByValue } from "../metadata/scopes.js";
import { evaluate } from "../servers/evaluate.js";
import { SERVERS } from "../servers/servers.js";
import { splitUri } from "../uri/splitUri.js";

/** A value to offer. */
export interface Offer {
  readonly value: ExampleValue;
  readonly detail?: string;
  /** Markdown; made when it is shown, because servers are asked for it. */
  readonly documentation?: () => string;
  /** True for an example, which is selected when it is inserted and never replaces what somebody wrote. */
  readonly example?: true;
  /** Shown instead of the value. */
  readonly label?: string;
  /** Run after the value is inserted. */
  readonly command?: string;
}

/** What offers depend on besides the field. */
export interface OfferContext {
  readonly document: ClientMetadataDocument;
  /** Scopes that other open documents ask for. */
  readonly scopesSeen: () => readonly string[];
  /** Commands of the extension that the editor has. */
  readonly clientCommands: ReadonlySet<string>;
}

/** What a value is offered for: the whole member, or one item of its array. */
export type OfferPlace = "member" | "item";

/** Makes a key pair and publishes its public half. */
const ADD_KEY = "cimd.addSigningKey";

/** Stands in for the host of a document that does not say its own. */
const EXAMPLE_HOST = "app.example.com";

/**
 * Values for a member of the document, the usual ones first.
 *
 * @param typed what the string that is to be replaced holds, if it is one
 */
export function offersFor(context: OfferContext, field: Field, place: OfferPlace, typed = ""): Offer[] {
  const { document } = context;
  const isList = field.kind.endsWith("[]");
  if (place === "item" && !isList) return [];
  if (field.name === "redirect_uris") return redirectOffers(document, place);
  if (field.name === "scope") return scopeOffers(context, typed);
  if (field.name === "jwks") return keySetOffers(context);
  if (field.name === "client_id" && document.servedFrom !== undefined)
    return [{ value: document.servedFrom, detail: say`Where cimd.hosting publishes this file` }];
  if (field.values && (place === "item" || !isList)) {
    const present = new Set(document.strings(field.name).map(({ node }) => node.value));
    return valuesOf(field.values).filter(({ value }) => place === "member" || !present.has(`${value}`));
  }
  if (field.values) return field.examples.map((value) => ({ value }));
  if (field.kind === "boolean") return [true, false].map((value) => ({ value }));
  const example = ownUrl(document, field) ?? { value: field.examples[0], example: true };
  if (!isList || place === "member") return [example];
  return Array.isArray(example.value) ? example.value.map((value) => ({ ...example, value })) : [];
}

/** Values for a member of one key in `jwks`. What makes up a key has no examples: a key that others know is none. */
export function keyMemberOffers({ name, kind, values, examples }: Field, place: OfferPlace): Offer[] {
  if (name === "e") return [{ value: "AQAB" }];
  if (!values) return [];
  return kind.endsWith("[]") && place === "member" ? [{ value: examples[0] }] : valuesOf(values);
}

function valuesOf(values: readonly FieldValue[]): Offer[] {
  return values
    .filter(({ discouraged }) => !discouraged)
    .map(({ value, summary }) => ({
      value,
      ...(summary ? { documentation: () => translated(summary) } : {}),
    }));
}

function hostOf(document: ClientMetadataDocument): string | undefined {
  const { clientId } = document;
  return clientId?.scheme === "https" && clientId.host ? clientId.host : undefined;
}

/** The example's path on the client's own host. */
function ownUrl(document: ClientMetadataDocument, { kind, examples }: Field): Offer | undefined {
  const host = hostOf(document);
  const example = [examples[0]].flat()[0];
  if (host === undefined || !kind.startsWith("url") || typeof example !== "string") return undefined;
  const url = `https://${host}${splitUri(example).path}`;
  return { value: kind === "url" ? url : [url], detail: say`On the client's own host` };
}

/** Redirect URIs that make sense, each with who would let the client sign in by it. */
function redirectOffers(document: ClientMetadataDocument, place: OfferPlace): Offer[] {
  const host = hostOf(document);
  const callback = `https://${host ?? EXAMPLE_HOST}/callback`;
  const scheme = (host ?? EXAMPLE_HOST).split(".").reverse().join(".");
  const example = host === undefined ? { example: true as const } : {};
  const loopback = [
    { uris: ["http://127.0.0.1/callback"], detail: say`Loopback, any port` },
    { uris: ["http://localhost/callback"], detail: say`Loopback by name, any port` },
    { uris: ["http://[::1]/callback"], detail: say`Loopback over IPv6, any port` },
  ];
  const pair = {
    uris: ["http://127.0.0.1/callback", "http://localhost/callback"],
    detail: say`Loopback, both names, any port`,
  };
  const own = [{ uris: [callback], detail: say`https on the client's own host`, ...example }];
  const local = place === "item" ? loopback : [pair];
  const forms = [
    ...(document.string("application_type")?.value === "web" ? [...own, ...local] : [...local, ...own]),
    ...(/^[a-z0-9.-]+$/.test(scheme)
      ? [{ uris: [`${scheme}:/callback`], detail: say`Private-use URI scheme`, ...example }]
      : []),
    { uris: ["http://localhost:*/callback"], detail: say`FastMCP's port wildcard` },
  ];
  const used = new Set(document.redirects.map(({ node }) => node.value));
  return forms
    .filter(({ uris }) => place === "member" || !uris.some((uri) => used.has(uri)))
    .map(({ uris, ...form }) => ({
      ...form,
      value: place === "item" ? `${uris[0]}` : uris,
      documentation: () => whoSignsIn(document, uris),
    }));
}

/** Tries entries on every server, in a document that has nothing else to refuse. */
function whoSignsIn(document: ClientMetadataDocument, redirectUris: readonly string[]): string {
  const text = JSON.stringify({
    client_id: hostOf(document) ? document.url : "https://app.acme.dev/oauth/client",
    client_name: "Client",
    redirect_uris: redirectUris,
    application_type: redirectUris.every((uri) => uri.startsWith("https:")) ? "web" : "native",
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
  });
  const trial = new ClientMetadataDocument(text);
  const works: string[] = [];
  const refuses: string[] = [];
  for (const server of SERVERS) {
    const { verdict, signIn } = evaluate(trial, server);
    if (verdict === "refuses") refuses.push(server.name);
    else if (signIn.every(({ outcome }) => outcome === "works")) works.push(server.name);
  }
  return [
    works.length > 0 ? say`Works on ${works.join(", ")}.` : "",
    refuses.length > 0 ? say`A document with it is refused by ${refuses.join(", ")}.` : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function keySetOffers({ clientCommands }: OfferContext): Offer[] {
  const empty: Offer = { value: { keys: [] }, detail: say`No keys yet` };
  return clientCommands.has(ADD_KEY) ? [addKey({ keys: [] }), empty] : [empty];
}

/** What is offered for a new key in `jwks`: to make one. */
export function newKeyOffers({ clientCommands }: OfferContext): Offer[] {
  return clientCommands.has(ADD_KEY) ? [addKey("")] : [];
}

function addKey(value: ExampleValue): Offer {
  return {
    value,
    label: say`Add a Key…`,
    detail: say`Makes a key pair; the private key stays out of the document`,
    command: ADD_KEY,
  };
}

/**
 * Scopes to complete what is typed, or to add to it.
 *
 * @param typed the scopes as written so far
 */
function scopeOffers({ document, scopesSeen }: OfferContext, typed: string): Offer[] {
  const audiences: readonly string[] = audiencesOf(document);
  const forThisAudience = ({ audience }: { audience?: string }) =>
    audience === undefined || audiences.includes(audience);
  const offered = new Set([
    ...KNOWN_SCOPES.filter(({ audience }) => audience && forThisAudience({ audience })).map(
      ({ value }) => value,
    ),
    ...scopesSeen(),
    ...KNOWN_SCOPES.filter(forThisAudience).map(({ value }) => value),
    "atproto",
  ]);
  const words = spaceSeparated(typed);
  const unfinished = typed === "" || typed.endsWith(" ") ? "" : (words.at(-1) ?? "");
  const isFinished = unfinished === "" || offered.has(unfinished);
  const before = isFinished ? words : words.slice(0, -1);
  return [...offered]
    .filter((scope) => !words.includes(scope) && (isFinished || scope.startsWith(unfinished)))
    .map((scope) => {
      const summary = scopeByValue(scope)?.summary;
      return {
        value: [...before, scope].join(" "),
        ...(before.length > 0 ? { detail: say`Add ${scope}` } : {}),
        ...(summary === undefined ? {} : { documentation: () => translated(summary) }),
      };
    });
}
