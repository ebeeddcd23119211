import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { memoize } from "../../document/memoize.js";
import { type ConstraintMeta, constraint, type Report } from "../behaviours/constraintKinds.js";
import { pythonBody } from "../behaviours/pythonBody.js";
import type { PythonDict, PythonJson, PythonValue } from "../behaviours/pythonJson.js";
import type { Constraint } from "../profile.js";

/** `CIMDFetcher.MAX_RESPONSE_SIZE`, in bytes. */
export const MAX_RESPONSE_SIZE = 5120;

/** What FastMCP has of a document before its model looks at it. */
interface Loaded {
  /** The URL that is fetched: where the document is served from, else its own `client_id`. */
  readonly url: string | undefined;
  /** Absent when the body is too large to be read. */
  readonly json: PythonJson | undefined;
  /** Absent unless the body is a JSON object. */
  readonly members: PythonDict | undefined;
}

/** Reads a document as FastMCP does. */
export const load = memoize(read);

function read(document: ClientMetadataDocument): Loaded {
  if (document.byteLength > MAX_RESPONSE_SIZE)
    return { url: document.url, json: undefined, members: undefined };
  const json = pythonBody(document);
  const members = "value" in json && json.value instanceof Map ? (json.value as PythonDict) : undefined;
  const clientId = members?.get("client_id");
  const own = typeof clientId === "string" ? clientId : undefined;
  return { url: document.servedFrom ?? (members ? own : document.url), json, members };
}

/** The members of a document by name. */
export type DictMembers = Pick<PythonDict, "get" | "has">;

/** A constraint on the members; silent while the body is no JSON object, which other constraints say. */
export function onMembers(
  meta: ConstraintMeta,
  check: (members: DictMembers, report: Report, url: string | undefined) => void,
): Constraint {
  return constraint(meta, (document, report) => {
    const { members, url } = load(document);
    if (members) check(members, report, url);
  });
}

/** A constraint on one member that is written down. */
export function onMember(
  meta: ConstraintMeta,
  name: string,
  check: (value: PythonValue, report: Report) => void,
): Constraint {
  return onMembers(meta, (members, report) => {
    const value = members.get(name);
    if (value !== undefined) check(value, report);
  });
}
