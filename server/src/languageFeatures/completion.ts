import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import type { Analysis } from "../check/analyse.js";
import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Position } from "../document/lineIndex.js";
import type { JsonNode, Member, ObjectNode } from "../document/syntaxTree.js";
import { say } from "../localisation/say.js";
import { fieldByName } from "../metadata/fields.js";
import { type Jwk, keysOf } from "../rules/jwks/keySet.js";
import { evaluate } from "../servers/evaluate.js";
import { SERVERS } from "../servers/servers.js";
import { table } from "../table.js";
import { keyFacts } from "./keyFacts.js";

/** A value to offer, without quotes. */
interface Offer {
  readonly value: string;
  readonly detail: string;
  readonly documentation?: string;
}

/** More offers, or longer ones (in UTF-16 units), help nobody. */
const MOST = 100;
const LONGEST = 2_000;

/** Where a value goes: the place to replace, and the member it belongs to. */
interface Slot {
  readonly offset: number;
  readonly end: number;
  readonly name: string;
}

/**
 * Values that only this document can suggest: redirect URIs that fit its host, URLs on its own origin, scopes and key ids.
 * Members and values that the schema knows come from the JSON service.
 *
 * @param position zero-based, UTF-16
 * @param scopesSeen scopes that other open documents ask for
 */
export async function completionsFromDocument(
  { document }: Analysis,
  position: Position,
  scopesSeen: () => readonly string[] = () => [],
): Promise<CompletionItem[]> {
  const offset = document.lines.offsetAt(position);
  const key = keyAt(document, offset);
  const slot = slotAt(document, key?.node ?? document.object, offset);
  if (!slot) return [];
  const range = document.range(slot);
  const all = key ? await keyOffers(key, slot.name) : offersFor(document, slot.name, scopesSeen);
  const offers = all.filter(({ value }) => value.length <= LONGEST).slice(0, MOST);
  return offers.map((offer, index): CompletionItem => {
    const quoted = JSON.stringify(offer.value);
    return {
      label: quoted,
      kind: CompletionItemKind.Value,
      detail: offer.detail,
      ...(offer.documentation === undefined
        ? {}
        : { documentation: { kind: "markdown", value: offer.documentation } }),
      filterText: quoted,
      sortText: `0${`${index}`.padStart(2, "0")}`,
      textEdit: { range, newText: quoted },
    };
  });
}

/** The key of the inline `jwks` that an offset is in. */
function keyAt(document: ClientMetadataDocument, offset: number): Jwk | undefined {
  const jwks = document.member("jwks");
  if (!jwks || offset < jwks.offset || offset > endOf(jwks, document)) return undefined;
  return keysOf(document).find(({ node }) => within(node, offset));
}

function slotAt(
  document: ClientMetadataDocument,
  object: ObjectNode | undefined,
  offset: number,
): Slot | undefined {
  const member = object?.members.find((found) => found.offset <= offset && offset <= endOf(found, document));
  if (!member || offset <= member.key.end || member.colonOffset < 0 || offset <= member.colonOffset)
    return undefined;
  const name = member.key.value;
  const { value } = member;
  if (!value || value.type === "invalid") return { offset, end: offset, name };
  if (value.type === "string") return within(value, offset) ? { ...value, name } : undefined;
  if (value.type !== "array" || !within(value, offset)) return undefined;
  const item = value.items.find((node) => within(node, offset));
  if (!item) return { offset, end: offset, name };
  return item.type === "string" ? { offset: item.offset, end: item.end, name } : undefined;
}

/** A member without a value reaches to the end of its line. */
function endOf(member: Member, document: ClientMetadataDocument): number {
  if (member.value) return member.end;
  const newline = document.text.indexOf("\n", member.end);
  return newline < 0 ? document.text.length : newline;
}

function within(node: JsonNode, offset: number): boolean {
  return node.offset < offset && offset < node.end + (node.type === "string" ? 0 : 1);
}

/** A key's name can be anything that is unique; its thumbprint always is (RFC 7638 §1). */
async function keyOffers(key: Jwk, name: string): Promise<Offer[]> {
  const { thumbprint } = name === "kid" ? await keyFacts(key) : {};
  return thumbprint === undefined
    ? []
    : [{ value: thumbprint, detail: say`This key's thumbprint (RFC 7638)` }];
}

function offersFor(
  document: ClientMetadataDocument,
  name: string,
  scopesSeen: () => readonly string[],
): Offer[] {
  if (name === "client_id") return clientIdOffers(document);
  if (name === "redirect_uris") return redirectOffers(document);
  if (name === "scope") return scopeOffers(document, scopesSeen());
  const kind = fieldByName(name)?.kind;
  return kind === "url" || kind === "url[]" ? urlOffers(document, name) : [];
}

/** Where `cimd.hosting` says that the file is served from: servers compare the two (CIMD draft-03 §4). */
function clientIdOffers({ servedFrom }: ClientMetadataDocument): Offer[] {
  return servedFrom === undefined
    ? []
    : [{ value: servedFrom, detail: say`Where cimd.hosting publishes this file` }];
}

function hostOf(document: ClientMetadataDocument): string | undefined {
  const { clientId } = document;
  return clientId?.scheme === "https" && clientId.host ? clientId.host : undefined;
}

/** Redirect URIs that make sense, each with who would let the client sign in by it. */
function redirectOffers(document: ClientMetadataDocument): Offer[] {
  const host = hostOf(document);
  const used = new Set(document.redirects.map(({ node }) => node.value));
  const forms: Offer[] = [
    { value: "http://127.0.0.1/callback", detail: say`Loopback, any port` },
    { value: "http://localhost/callback", detail: say`Loopback by name, any port` },
    { value: "http://[::1]/callback", detail: say`Loopback over IPv6, any port` },
    ...(host ? [{ value: `https://${host}/callback`, detail: say`https on the client's own host` }] : []),
    ...(host && /^[a-z0-9.-]+$/.test(host)
      ? [{ value: `${host.split(".").reverse().join(".")}:/callback`, detail: say`Private-use URI scheme` }]
      : []),
    { value: "http://localhost:*/callback", detail: say`FastMCP's port wildcard` },
  ];
  return forms
    .filter(({ value }) => !used.has(value))
    .map((form) => ({ ...form, documentation: whoSignsIn(document, form.value) }));
}

/** Tries an entry on every server, in a document that has nothing else to refuse. */
function whoSignsIn(document: ClientMetadataDocument, redirectUri: string): string {
  const text = JSON.stringify({
    client_id: hostOf(document) ? document.url : "https://app.acme.dev/oauth/client",
    client_name: "Client",
    redirect_uris: [redirectUri],
    application_type: redirectUri.startsWith("https:") ? "web" : "native",
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
    else if (signIn[0]?.outcome === "works") works.push(server.name);
  }
  return [
    works.length > 0 ? say`Works on ${works.join(", ")}.` : "",
    refuses.length > 0 ? say`A document with it is refused by ${refuses.join(", ")}.` : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const PATHS = table<string>({
  client_uri: "/",
  logo_uri: "/logo.png",
  tos_uri: "/terms",
  policy_uri: "/privacy",
  jwks_uri: "/oauth/jwks.json",
});

function urlOffers(document: ClientMetadataDocument, name: string): Offer[] {
  const host = hostOf(document);
  if (!host) return [];
  return [{ value: `https://${host}${PATHS.get(name) ?? "/"}`, detail: say`On the client's own host` }];
}

function scopeOffers(document: ClientMetadataDocument, seen: readonly string[]): Offer[] {
  const present = scopesOf(document);
  const offered = new Set([...seen, "openid", "profile", "email", "offline_access", "atproto"]);
  return [...offered]
    .filter((token) => !present.includes(token))
    .map((token) => ({
      value: [...present, token].join(" "),
      detail: present.length > 0 ? say`Add ${token}` : token,
    }));
}

/** The scopes a document asks for, as written (RFC 6749 §3.3: separated by spaces). */
export function scopesOf(document: ClientMetadataDocument): string[] {
  return (
    document
      .string("scope")
      ?.value.split(" ")
      .filter((token) => token !== "") ?? []
  );
}
