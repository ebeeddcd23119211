import { jsonPointer } from "../../document/jsonPointer.js";
import { type ConstraintMeta, onMembers, type Report } from "../behaviours/constraintKinds.js";
import type { Members } from "../behaviours/jsonBody.js";
import { typeRule } from "../behaviours/memberRules.js";
import type { Constraint } from "../profile.js";
import { disjunction } from "./members.js";

/** Arrays and booleans of a client in releases 8 and 9, without extensions. */
export const ARRAY_MEMBERS = [
  "contacts",
  "default_acr_values",
  "grant_types",
  "post_logout_redirect_uris",
  "redirect_uris",
  "response_types",
  "response_modes",
];
export const BOOLEAN_MEMBERS = [
  "dpop_bound_access_tokens",
  "require_auth_time",
  "require_pushed_authorization_requests",
];

/** The names of the members that have to be of a type where they are present. */
export interface MemberTypes {
  readonly booleans: readonly string[];
  /** Of strings that are not empty. */
  readonly arrays: readonly string[];
  /** Not empty. */
  readonly strings: readonly string[];
}

/**
 * What the client schema of oidc-provider, in every version, says of the types of members.
 *
 * Source: npm:oidc-provider@9.13.3 lib/helpers/client_schema.js (booleans, arrays, strings).
 */
export function memberTypes({ booleans, arrays, strings }: MemberTypes): Constraint[] {
  return [
    onMembers({ id: "booleans", rule: "document/wrong-type" }, (members, report) => {
      for (const name of booleans) {
        const value = members[name];
        if (value !== undefined && typeof value !== "boolean")
          report(`${name} must be a boolean`, jsonPointer(name), typeRule(name, value));
      }
    }),
    onMembers({ id: "arrays", rule: "document/wrong-type" }, (members, report) => {
      for (const name of arrays) {
        const value = members[name];
        if (value !== undefined && !Array.isArray(value))
          report(`${name} must be an array`, jsonPointer(name), typeRule(name, value));
      }
    }),
    onMembers({ id: "array-items", rule: "document/wrong-type" }, (members, report) => {
      for (const name of arrays) {
        const items = members[name];
        if (!Array.isArray(items)) continue;
        for (const [index, item] of items.entries()) {
          if (typeof item !== "string" || item === "")
            report(`${name} must only contain strings`, jsonPointer(name, index), typeRule(name, item));
        }
      }
    }),
    onMembers({ id: "strings", rule: "document/wrong-type" }, (members, report) => {
      for (const name of strings) {
        const value = members[name];
        if (value !== undefined && (typeof value !== "string" || value === ""))
          report(`${name} must be a non-empty string if provided`, jsonPointer(name), typeRule(name, value));
      }
    }),
  ];
}

/** A string member with a closed list of values. */
export function oneOf(name: string, values: readonly string[], meta: ConstraintMeta): Constraint {
  return onMembers(meta, (members, report) => {
    const value = members[name];
    if (typeof value !== "string" || value === "" || values.includes(value)) return;
    report(`${name} must be ${disjunction(values)}`, jsonPointer(name));
  });
}

/** What no value of `client_id` or `client_secret` may hold. */
export const NOT_PRINTABLE_ASCII = /[^\x20-\x7e]/;

export const CLIENT_ID_ASCII = onMembers(
  { id: "client-id-ascii", rule: "client-id/non-ascii" },
  ({ client_id: id }, report) => {
    if (typeof id === "string" && NOT_PRINTABLE_ASCII.test(id))
      report("invalid client_id value", "/client_id");
  },
);

/** `redirect_uris` is there wherever a response type, written or by default, sends people to one. */
export const REDIRECT_URIS_PRESENT = onMembers(
  { id: "redirect-uris-present", rule: "redirect-uris/missing" },
  (members, report) => {
    const types = members["response_types"];
    if (types === undefined || (Array.isArray(types) && types.length > 0))
      reportMissingRedirects(members, report);
  },
);

/** Says that `redirect_uris` is absent, null or false. */
export function reportMissingRedirects({ redirect_uris: uris }: Members, report: Report): void {
  if (uris) return;
  const message = "redirect_uris is mandatory property";
  if (uris === undefined) report(message);
  else report(message, "/redirect_uris", "redirect-uris/type");
}

export const NO_ACR_VALUES = onMembers(
  { id: "default-acr-values", rule: "oidc/default-acr-values" },
  ({ default_acr_values: values }, report) => {
    if (Array.isArray(values) && values.length > 0)
      report("default_acr_values must be empty (no values are allowed)", "/default_acr_values");
  },
);

export const JWKS_OR_URI = onMembers(
  { id: "jwks-or-uri", rule: "jwks/both" },
  ({ jwks, jwks_uri: uri }, report) => {
    if (jwks !== undefined && uri !== undefined)
      report("jwks and jwks_uri must not be used at the same time", "/jwks");
  },
);

/** Every word of `scope` is one of the server's. */
export function knownScopes(known: ReadonlySet<string>): Constraint {
  return onMembers({ id: "scope", rule: "scope/present" }, ({ scope }, report) => {
    if (typeof scope !== "string" || scope === "" || scope.split(" ").every((token) => known.has(token)))
      return;
    report("scope must only contain Authorization Server supported scope values", "/scope");
  });
}

/** The pattern of `<input type="email">`: https://html.spec.whatwg.org/#valid-e-mail-address without its length limits. */
export const EMAIL = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$/;
/** The same as releases up to 9.11.3 write it, with a typographic apostrophe. */
export const EMAIL_TYPOGRAPHIC = /^[a-zA-Z0-9.!#$%&’*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$/;

export function emailContacts(pattern: RegExp): Constraint {
  return onMembers({ id: "contacts", rule: "contacts/email" }, ({ contacts }, report) => {
    if (!Array.isArray(contacts)) return;
    for (const [index, contact] of contacts.entries()) {
      if (typeof contact === "string" && contact !== "" && !pattern.test(contact))
        report("contacts can only contain email addresses", jsonPointer("contacts", index));
    }
  });
}

/**
 * `redirect_uris` and `response_modes` have items.
 *
 * @param applies whether the client is asked for them
 */
export function listsNotEmpty(applies: (members: Members) => boolean): Constraint[] {
  const lists = [
    { name: "redirect_uris", id: "redirect-uris-not-empty", rule: "redirect-uris/empty" },
    { name: "response_modes", id: "response-modes-not-empty", rule: "response-modes/unknown" },
  ];
  return lists.map(({ name, id, rule }) =>
    onMembers({ id, rule }, (members, report) => {
      const list = members[name];
      if (Array.isArray(list) && list.length === 0 && applies(members))
        report(`${name} must contain members`, jsonPointer(name));
    }),
  );
}

/** @param server who fetches the sector identifier document */
export function sectorIdentifierNote(server: string): Constraint {
  return onMembers(
    { id: "sector-identifier", rule: "oidc/sector-identifier", effect: "note" },
    ({ sector_identifier_uri: uri }, report) => {
      if (typeof uri === "string")
        report(
          `all registered redirect_uris must be included in the sector_identifier_uri response: ${server} fetches it and else refuses the document`,
          "/sector_identifier_uri",
        );
    },
  );
}

/** What is wrong with one redirect URI: the server's words after the member's name, and the rule. */
export interface UriFault {
  readonly words: string;
  readonly rule: string;
}

/**
 * Looks at the strings of `redirect_uris` and of `post_logout_redirect_uris`, which have to be of one form; empty ones have a
 * constraint of their own.
 */
export function redirectShapes(
  faultOf: (uri: string, members: Members) => UriFault | undefined,
): readonly Constraint[] {
  const shape = (id: string, name: string, ownRule?: string): Constraint =>
    onMembers({ id, rule: ownRule ?? "redirect-uris/absolute" }, (members, report) => {
      const uris = members[name];
      if (!Array.isArray(uris)) return;
      for (const [index, uri] of uris.entries()) {
        const fault = typeof uri === "string" && uri !== "" ? faultOf(uri, members) : undefined;
        if (fault) report(`${name} ${fault.words}`, jsonPointer(name, index), ownRule ?? fault.rule);
      }
    });
  return [
    shape("redirect-shape", "redirect_uris"),
    shape("post-logout-redirect-uris", "post_logout_redirect_uris", "logout/uris"),
  ];
}

/**
 * Refresh tokens are for clients that list the grant.
 *
 * @param grantTypes that the client ends up with
 * @param words of what follows
 */
export function refreshGrant(
  grantTypes: (members: Members) => readonly string[] | undefined,
  words: string,
): Constraint {
  return onMembers(
    { id: "refresh-grant", rule: "grant-types/no-refresh", stage: "token", effect: "limits" },
    (members, report) => {
      if (grantTypes(members)?.includes("refresh_token") !== false) return;
      report(
        `requested grant type is not allowed for this client: ${words}`,
        members["grant_types"] === undefined ? undefined : "/grant_types",
      );
    },
  );
}
