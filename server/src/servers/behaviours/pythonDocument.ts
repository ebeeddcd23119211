import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import type { Constraint, Report } from "../profile.js";
import { type ConstraintMeta, constraint, onUrl } from "./constraintKinds.js";
import { sizeLimit } from "./documentConstraints.js";
import { pythonBody } from "./pythonBody.js";
import type { PythonDict, PythonJson } from "./pythonJson.js";
import { isValueError, type ParseResult, urlparse } from "./pythonUrlparse.js";

/** Makes a constraint on a client identifier URL as Python parses it. */
export type PythonUrlConstraint = (
  id: string,
  rule: string,
  message: string,
  /** True, or the rule where it differs from the constraint's, for a URL that the server does not take. */
  broken: (parsed: ParseResult) => boolean | string | undefined,
) => Constraint;

/**
 * Constraints of a server that takes client identifier URLs apart with Python's `urllib.parse`. They are silent about URLs
 * that Python does not parse and those that are no client identifier URLs to the server: other constraints say so.
 *
 * @param isClientIdentifier which URLs the server looks at
 * @param parse `urlsplit` where the server calls that
 */
export function pythonUrlConstraints(
  isClientIdentifier: (url: string) => boolean,
  parse: typeof urlparse = urlparse,
): PythonUrlConstraint {
  return (id, rule, message, broken) =>
    onUrl({ id, rule }, (url, report) => {
      const parsed = parse(url);
      const found = !isValueError(parsed) && isClientIdentifier(url) && broken(parsed);
      if (found) report(message, found === true ? undefined : found);
    });
}

/** The body as a server reads it that is written in Python and reads up to a limit. */
export class PythonDocument {
  /** @param maxBytes the largest body it reads */
  constructor(readonly maxBytes: number) {}

  /** Undefined for a body above the limit. */
  body(document: ClientMetadataDocument): PythonJson | undefined {
    return document.byteLength > this.maxBytes ? undefined : pythonBody(document);
  }

  /** A constraint on the members; silent while the body is no JSON object, which other constraints say. */
  on(meta: ConstraintMeta, check: (members: PythonDict, report: Report, url: string) => void): Constraint {
    return constraint(meta, (document, report) => {
      const body = this.body(document);
      if (body && "value" in body && body.value instanceof Map)
        check(body.value as PythonDict, report, document.url ?? "");
    });
  }

  /** The body is no larger than the server reads. */
  size(message: string): Constraint {
    return sizeLimit(this.maxBytes, () => message);
  }

  /** The body is an object. */
  object(message: string): Constraint {
    return constraint({ id: "object", rule: "document/not-object" }, (document, report) => {
      const body = this.body(document);
      if (body && "value" in body && !(body.value instanceof Map)) report(message);
    });
  }

  /** `client_id` is the URL that the document was fetched from. */
  sameClientId(message: string): Constraint {
    return this.on({ id: "client-id-equal", rule: "client-id/url-mismatch" }, (members, report, url) => {
      const id = members.get("client_id");
      if (id === url) return;
      const missing = id === undefined || id === null;
      report(
        message,
        missing ? undefined : "/client_id",
        missing ? "client-id/missing" : typeof id === "string" ? undefined : "client-id/type",
      );
    });
  }

  /** `redirect_uris` is a list with something in it. */
  redirectList(message: string): Constraint {
    return this.on({ id: "redirect-uris", rule: "redirect-uris/missing" }, (members, report) => {
      const uris = members.get("redirect_uris");
      if (uris === undefined || uris === null) report(message);
      else if (!Array.isArray(uris)) report(message, "/redirect_uris", "redirect-uris/type");
      else if (uris.length === 0) report(message, "/redirect_uris", "redirect-uris/empty");
    });
  }
}
