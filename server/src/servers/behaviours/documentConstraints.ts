import { jsonPointer } from "../../document/jsonPointer.js";
import { describeValue } from "../../document/valueText.js";
import { SHARED_SECRET_METHODS } from "../../metadata/authMethods.js";
import type { Constraint } from "../profile.js";
import { type ConstraintMeta, constraint, onMembers } from "./constraintKinds.js";
import { type BodyOptions, bodyFor, jsonBody, type Members, syntaxRule } from "./jsonBody.js";
import { pythonBody } from "./pythonBody.js";
import { repeatedItems } from "./redirectItems.js";
import { unparsableRule } from "./redirectKinds.js";
import { parseUrl } from "./whatwgUrl.js";
import { stringsIn } from "./zodShape.js";

/** The largest body a server reads. */
export function sizeLimit(maxBytes: number, words: (bytes: number) => string): Constraint {
  return constraint({ id: "size", rule: "document/size", stage: "fetch" }, (document, report) => {
    if (document.byteLength > maxBytes) report(words(document.byteLength));
  });
}

/** The body is JSON, as `JSON.parse` and Go's encoding/json read it, and an object. */
export function jsonObject(notJson: string, notObject: string, options?: BodyOptions): Constraint[] {
  return [validJson(() => notJson, options), rootObject(() => notObject, options)];
}

/**
 * The body is JSON, as `JSON.parse` reads it.
 *
 * @param words of what the parser says
 */
export function validJson(words: (error: string) => string, { bom }: BodyOptions = {}): Constraint {
  return constraint({ id: "json", rule: "document/json-syntax" }, (document, report) => {
    const body = jsonBody(document, bom);
    if (!body.json) report(words(body.error), undefined, syntaxRule(document, bom));
  });
}

/** The body is JSON, as Python's `json.loads` reads it from bytes, and an object. */
export function pythonJsonObject(notJson: string, notObject: string): Constraint[] {
  return [
    constraint({ id: "json", rule: "document/json-syntax" }, (document, report) => {
      // What JavaScript takes Python takes too; the slower reader is for the rest.
      if (jsonBody(document, "strip").json || "value" in pythonBody(document)) return;
      report(notJson, undefined, syntaxRule(document, "strip"));
    }),
    rootObject(() => notObject, { bom: "strip", json: "python" }),
  ];
}

/**
 * JSON that is read is an object.
 *
 * @param words of what it is instead
 */
export function rootObject(words: (value: unknown) => string, options: BodyOptions = {}): Constraint {
  return constraint({ id: "object", rule: "document/not-object" }, (document, report) => {
    const body = bodyFor(document, options);
    if (body.json && !body.members) report(words(body.value));
  });
}

/** `client_id` is the URL the document was fetched from, character by character. */
export function sameClientId(
  words: (found: string | undefined, url: string) => string,
  options?: BodyOptions,
): Constraint {
  return onMembers(
    { id: "client-id-equal", rule: "client-id/url-mismatch", ...options },
    ({ client_id: id }, report, document) => {
      const url = document.url ?? "";
      if (id === url) return;
      const message = words(id === undefined ? undefined : describeValue(id, { quotes: false }), url);
      if (id === undefined || id === null) report(message, undefined, "client-id/missing");
      else report(message, "/client_id", typeof id === "string" ? undefined : "client-id/type");
    },
  );
}

/** `redirect_uris` is a list with something in it. */
export function redirectList(message: string, options?: BodyOptions): Constraint {
  return onMembers(
    { id: "redirect-uris", rule: "redirect-uris/missing", ...options },
    ({ redirect_uris: uris }, report) => {
      if (uris === undefined || uris === null) report(message);
      else if (!Array.isArray(uris)) report(message, "/redirect_uris", "redirect-uris/type");
      else if (uris.length === 0) report(message, "/redirect_uris", "redirect-uris/empty");
    },
  );
}

/** Every item of `redirect_uris` is a string. */
export function redirectStrings(message: string, options?: BodyOptions): Constraint {
  return onMembers(
    { id: "redirect-strings", rule: "redirect-uris/type", ...options },
    ({ redirect_uris: uris }, report) => {
      if (!Array.isArray(uris)) return;
      const index = uris.findIndex((uri) => typeof uri !== "string");
      if (index >= 0) report(message, jsonPointer("redirect_uris", index));
    },
  );
}

/** Every item of `redirect_uris`, made a string, is one that a WHATWG URL parser takes. */
export function redirectsParse(words: (uri: string) => string, options?: BodyOptions): Constraint {
  return onMembers(
    { id: "redirects-parse", rule: "redirect-uris/absolute", ...options },
    ({ redirect_uris: uris }, report) => {
      if (!Array.isArray(uris)) return;
      for (const [index, uri] of uris.entries()) {
        if (parseUrl(uri)) continue;
        const rule = typeof uri === "string" ? unparsableRule(uri) : "redirect-uris/type";
        report(words(describeValue(uri, { quotes: false })), jsonPointer("redirect_uris", index), rule);
      }
    },
  );
}

/** No item of `redirect_uris` stands there twice. */
export function distinctRedirects(message: string, options?: BodyOptions): Constraint {
  return onMembers(
    { id: "redirect-duplicates", rule: "redirect-uris/duplicate", ...options },
    ({ redirect_uris: uris }, report) => {
      for (const index of repeatedItems(uris)) report(message, jsonPointer("redirect_uris", index));
    },
  );
}

/** What is wrong with one redirect URI: the server's words, and the rule. */
export interface RedirectFault {
  readonly message: string;
  readonly rule: string;
}

/** What is wrong with the client and not with one entry, so that it is told at the first. */
const TOLD_ONCE: ReadonlySet<string> = new Set([
  "redirect-uris/loopback-refused",
  "application-type/missing-native",
]);

/** Looks at every string of `redirect_uris`. */
export function eachRedirect(
  id: string,
  faultOf: (uri: string, members: Members) => RedirectFault | undefined,
  options?: BodyOptions,
): Constraint {
  return onMembers({ id, rule: "redirect-uris/absolute", ...options }, (members, report) => {
    const told = new Set<string>();
    for (const { index, text } of stringsIn(members["redirect_uris"])) {
      const fault = faultOf(text, members);
      if (!fault || told.has(fault.rule)) continue;
      if (TOLD_ONCE.has(fault.rule)) told.add(fault.rule);
      report(fault.message, jsonPointer("redirect_uris", index), fault.rule);
    }
  });
}

/** Neither `client_secret` nor `client_secret_expires_at` is there, whatever their values. */
export function noClientSecret(message: string, options?: BodyOptions): Constraint {
  return onMembers({ id: "client-secret", rule: "secret/client-secret", ...options }, (members, report) => {
    if (Object.hasOwn(members, "client_secret")) report(message, "/client_secret");
    if (Object.hasOwn(members, "client_secret_expires_at"))
      report(message, "/client_secret_expires_at", "secret/client-secret-expires-at");
  });
}

/** `token_endpoint_auth_method` is none of the three with a shared secret. */
export function noSharedSecretMethod(words: (method: string) => string, options?: BodyOptions): Constraint {
  return onMembers(
    { id: "auth-method", rule: "auth-method/shared-secret", ...options },
    ({ token_endpoint_auth_method: method }, report) => {
      if (typeof method === "string" && SHARED_SECRET_METHODS.has(method))
        report(words(method), "/token_endpoint_auth_method");
    },
  );
}

/** The rule about a token endpoint authentication method that a server does not take. */
export function methodRule(method: unknown): string {
  if (typeof method !== "string") return "auth-method/type";
  if (SHARED_SECRET_METHODS.has(method)) return "auth-method/shared-secret";
  if (method === "private_key_jwt") return "auth-method/private-key-jwt-support";
  return method.endsWith("tls_client_auth") ? "auth-method/mtls-support" : "auth-method/unknown";
}

/** `token_endpoint_auth_method` is one of `allowed`, or absent. */
export function methodAmong(
  allowed: readonly string[],
  words: (method: string) => string,
  options?: BodyOptions,
): Constraint {
  return onMembers(
    { id: "auth-method", rule: "auth-method/unknown", ...options },
    ({ token_endpoint_auth_method: method }, report) => {
      if (method === undefined || allowed.includes(method as string)) return;
      report(
        words(describeValue(method, { quotes: false })),
        "/token_endpoint_auth_method",
        methodRule(method),
      );
    },
  );
}

/** `client_name` is a string with something in it. */
export function clientName(message: string, blankCounts: boolean, options?: BodyOptions): Constraint {
  return onMembers(
    { id: "client-name", rule: "client-name/empty", ...options },
    ({ client_name: name }, report) => {
      if (name === undefined || name === null) report(message, undefined, "client-name/missing");
      else if (typeof name !== "string") report(message, "/client_name", "document/wrong-type");
      else if ((blankCounts ? name : name.trim()) === "") report(message, "/client_name");
    },
  );
}

/** A list member, where it is there, is a list of strings with a value in it. */
export function listHolds(
  meta: ConstraintMeta & BodyOptions,
  member: string,
  value: string,
  message: string,
): Constraint {
  return onMembers(meta, (members, report) => {
    const list = members[member];
    if (list === undefined || list === null) return;
    if (!Array.isArray(list) || !list.every((item) => typeof item === "string"))
      report(message, jsonPointer(member), "document/wrong-type");
    else if (!list.includes(value)) report(message, jsonPointer(member));
  });
}
