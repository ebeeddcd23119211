import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { jsonPointer } from "../../document/jsonPointer.js";
import { jsonValue } from "../../document/jsonValue.js";
import { memoize } from "../../document/memoize.js";
import type { JsonNode, ObjectNode } from "../../document/syntaxTree.js";
import { javaTrim } from "../behaviours/javaText.js";
import { isObject, syntaxRule } from "../behaviours/jsonBody.js";
import { typeRule } from "../behaviours/memberRules.js";

type Kind = "string" | "strings" | "integer" | "long" | "boolean" | "jwks";

/** The members of the class, and Java's types of them. */
const MEMBERS: ReadonlyMap<string, Kind> = new Map([
  ...named(
    "string",
    "token_endpoint_auth_method token_endpoint_auth_signing_alg application_type client_id client_secret client_name " +
      "client_uri logo_uri scope tos_uri policy_uri jwks_uri sector_identifier_uri subject_type " +
      "id_token_signed_response_alg id_token_encrypted_response_alg id_token_encrypted_response_enc " +
      "userinfo_signed_response_alg userinfo_encrypted_response_alg userinfo_encrypted_response_enc " +
      "request_object_signing_alg request_object_encryption_alg request_object_encryption_enc initiate_login_uri " +
      "tls_client_auth_subject_dn software_id software_version registration_client_uri registration_access_token " +
      "backchannel_logout_uri backchannel_token_delivery_mode backchannel_client_notification_endpoint " +
      "backchannel_authentication_request_signing_alg authorization_signed_response_alg " +
      "authorization_encrypted_response_alg authorization_encrypted_response_enc frontchannel_logout_uri",
  ),
  ...named(
    "strings",
    "redirect_uris grant_types response_types contacts default_acr_values request_uris post_logout_redirect_uris",
  ),
  ...named("integer", "default_max_age client_id_issued_at"),
  ...named("long", "client_secret_expires_at"),
  ...named(
    "boolean",
    "require_auth_time tls_client_certificate_bound_access_tokens dpop_bound_access_tokens " +
      "backchannel_logout_session_required backchannel_logout_revoke_offline_tokens " +
      "require_pushed_authorization_requests frontchannel_logout_session_required",
  ),
  ...named("jwks", "jwks"),
]);

function named(kind: Kind, names: string): [string, Kind][] {
  return names.split(" ").map((name) => [name, kind]);
}

/** Whether Keycloak's class has a member of this name. */
export function knowsMember(name: string): boolean {
  return MEMBERS.has(name);
}

/** A value that is no string, as the text that Jackson makes of it: empty for lists and objects. */
export interface NotString {
  readonly text: string;
}

/** A key as it is in the document; members that the class declares are strings, lists of strings or null. */
export type Jwk = ReadonlyMap<string, string | null | NotString | readonly (string | null)[]>;

/** What Keycloak reads out of a document. Absent and null members are the same to it, and so they are here. */
export class ClientRepresentation {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  string(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === "string" ? value : undefined;
  }

  strings(name: string): readonly (string | null)[] | undefined {
    const value = this.#values.get(name);
    return Array.isArray(value) ? value : undefined;
  }

  has(name: string): boolean {
    return (this.#values.get(name) ?? undefined) !== undefined;
  }

  /** The keys of `jwks`; undefined without a `jwks`, and null where it has no list of keys. */
  get keys(): readonly (Jwk | null)[] | null | undefined {
    const jwks = this.#values.get("jwks");
    return isObject(jwks)
      ? ((jwks["keys"] as readonly (Jwk | null)[] | null | undefined) ?? null)
      : undefined;
  }
}

/** Something in a document that ends the reading. */
export interface ReadingFault {
  readonly rule: string;
  readonly pointer: string | undefined;
}

export interface Reading {
  /** Undefined where the document cannot be read. */
  readonly client: ClientRepresentation | undefined;
  /** The text is no JSON, up to the end of its first value; the rule says what it is instead. */
  readonly syntax: string | undefined;
  readonly notObject: boolean;
  readonly unknownMembers: readonly ReadingFault[];
  readonly wrongTypes: readonly ReadingFault[];
}

/**
 * Reads a document as Keycloak does with Jackson's defaults. What follows the first value is not looked at, a byte order
 * mark is no JSON, the last of several members of one name counts and each has to have the right type, a member that the
 * class does not have is a fault, and numbers and booleans become strings where a string belongs.
 *
 * @see maven:org.keycloak:keycloak-core OIDCClientRepresentation, JSONWebKeySet, JWK, JsonSerialization.mapper
 */
export const readClient = memoize(read);

const UNREAD: Reading = {
  client: undefined,
  syntax: undefined,
  notObject: false,
  unknownMembers: [],
  wrongTypes: [],
};

function read(document: ClientMetadataDocument): Reading {
  const { root, text } = document;
  if (!root || !isJson(text.slice(0, root.end))) return { ...UNREAD, syntax: syntaxRule(document) };
  if (root.type !== "object") return { ...UNREAD, notObject: true };
  const reader = new MemberReader(text);
  const client = reader.object(root);
  const { unknownMembers, wrongTypes } = reader;
  const readable = unknownMembers.length === 0 && wrongTypes.length === 0;
  return { ...UNREAD, client: readable ? client : undefined, unknownMembers, wrongTypes };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Stands for a value that cannot be read. */
const FAULT = Symbol("fault");

const LARGEST: Readonly<Record<"integer" | "long", bigint>> = { integer: 2n ** 31n, long: 2n ** 63n };

/** Jackson reads no longer number. */
const LONGEST_NUMBER = 1000;

class MemberReader {
  readonly unknownMembers: ReadingFault[] = [];
  readonly wrongTypes: ReadingFault[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  object({ members }: ObjectNode): ClientRepresentation {
    const values = new Map<string, unknown>();
    for (const { key, value: node } of members) {
      const name = key.value;
      const kind = MEMBERS.get(name);
      const pointer = jsonPointer(name);
      if (kind === undefined) this.unknownMembers.push({ rule: "unknown-field/refused", pointer });
      else if (node) {
        const value = this.#value(node, kind);
        if (value === FAULT) this.wrongTypes.push({ rule: typeRule(name, jsonValue(node)), pointer });
        else values.set(name, value);
      }
    }
    return new ClientRepresentation(values);
  }

  #value(node: JsonNode, kind: Kind): unknown {
    if (node.type === "null") return null;
    switch (kind) {
      case "string":
        return this.#string(node);
      case "strings":
        return this.#strings(node);
      case "integer":
      case "long":
        return this.#integer(node, LARGEST[kind]);
      case "boolean":
        return this.#boolean(node);
      case "jwks":
        return this.#keySet(node);
    }
  }

  #string(node: JsonNode): string | typeof FAULT {
    if (node.type === "string") return node.value;
    if (node.type !== "number" && node.type !== "boolean") return FAULT;
    const written = this.#source(node);
    return written.length > LONGEST_NUMBER ? FAULT : written;
  }

  #strings(node: JsonNode): readonly (string | null)[] | typeof FAULT {
    if (node.type !== "array") return FAULT;
    const items = node.items.map((item) => (item.type === "null" ? null : this.#string(item)));
    return items.includes(FAULT) ? FAULT : (items as (string | null)[]);
  }

  #integer(node: JsonNode, limit: bigint): number | null | typeof FAULT {
    if (node.type !== "number" && node.type !== "string") return FAULT;
    const written = node.type === "string" ? javaTrim(node.value) : this.#source(node);
    if (node.type === "string") {
      if (written === "" || written === "null") return null;
      if (!/^[+-]?\d+$/.test(written)) return FAULT;
    }
    const isInteger = /^[+-]?\d+$/.test(written);
    const value = isInteger ? BigInt(written.replace("+", "")) : Number(written);
    return value >= -limit && (isInteger ? value < limit : value <= limit - 1n) ? Number(value) : FAULT;
  }

  #boolean(node: JsonNode): boolean | null | typeof FAULT {
    if (node.type === "boolean") return node.value;
    if (node.type === "number") {
      const written = this.#source(node);
      return /^-?\d+$/.test(written) ? written !== "0" : FAULT;
    }
    if (node.type !== "string") return FAULT;
    const written = javaTrim(node.value);
    if (written === "" || written === "null") return null;
    if (/^(?:true|True|TRUE)$/.test(written)) return true;
    return /^(?:false|False|FALSE)$/.test(written) ? false : FAULT;
  }

  #keySet(node: JsonNode): { readonly keys: readonly (Jwk | null)[] | null } | typeof FAULT {
    if (node.type !== "object") return FAULT;
    let keys: readonly (Jwk | null)[] | null = null;
    for (const { key, value } of node.members) {
      if (key.value !== "keys" || !value) continue;
      if (value.type === "null") {
        keys = null;
        continue;
      }
      if (value.type !== "array") return FAULT;
      const read = value.items.map((item) => (item.type === "null" ? null : this.#key(item)));
      if (read.includes(FAULT)) return FAULT;
      keys = read as (Jwk | null)[];
    }
    return { keys };
  }

  #key(node: JsonNode): Jwk | typeof FAULT {
    if (node.type !== "object") return FAULT;
    const key = new Map<string, unknown>();
    for (const { key: name, value: inner } of node.members) {
      if (!inner) continue;
      const kind = KEY_MEMBERS.get(name.value);
      const value = kind ? this.#value(inner, kind) : this.#other(inner);
      if (value === FAULT) return FAULT;
      key.set(name.value, value);
    }
    return key as Jwk;
  }

  /** The value of a member that the class of keys does not declare. */
  #other(node: JsonNode): string | null | NotString {
    if (node.type === "string") return node.value;
    if (node.type === "null") return null;
    return { text: node.type === "number" || node.type === "boolean" ? this.#source(node) : "" };
  }

  #source({ offset, end }: JsonNode): string {
    return this.#text.slice(offset, end);
  }
}

const KEY_MEMBERS: ReadonlyMap<string, Kind> = new Map([
  ...named("string", "kid kty alg use x5t x5t#S256"),
  ...named("strings", "x5c"),
]);
