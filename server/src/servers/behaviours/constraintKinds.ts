import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import type { Constraint, Effect, Report, Stage } from "../profile.js";
import { type BodyOptions, bodyFor, type Members } from "./jsonBody.js";

export type { Report };

/** The URL that a server fetches the document from, where it is known. */
export type FetchedFrom = Pick<ClientMetadataDocument, "url">;

/** A constraint's name and place; `document` and `blocks` unless it says otherwise. */
export interface ConstraintMeta {
  readonly id: string;
  readonly rule: string;
  readonly stage?: Stage;
  readonly effect?: Effect;
}

/**
 * A constraint on the client identifier URL, which a server looks at before it fetches anything. Silent while no URL is
 * known.
 */
export function onUrl(
  meta: Omit<ConstraintMeta, "stage">,
  check: (url: string, report: (message: string, rule?: string) => void) => void,
): Constraint {
  return constraint({ ...meta, stage: "fetch" }, (document, report) => {
    const url = document.url;
    if (url === undefined) return;
    const pointer = document.string("client_id")?.value === url ? "/client_id" : undefined;
    check(url, (message, rule) => report(message, pointer, rule));
  });
}

/**
 * A constraint on the members of the document, and the URL it is fetched from. Silent while the text is no JSON object:
 * another constraint says so.
 */
export function onMembers(
  { bom, json, ...meta }: ConstraintMeta & BodyOptions,
  check: (members: Members, report: Report, fetchedFrom: FetchedFrom) => void,
): Constraint {
  const options = { bom, json };
  return constraint(meta, (document, report) => {
    const body = bodyFor(document, options);
    if (body.json && body.members) check(body.members, report, document);
  });
}

/** A constraint on the text as a whole. */
export function constraint(
  { id, rule, stage = "document", effect = "blocks" }: ConstraintMeta,
  check: (document: ClientMetadataDocument, report: Report) => void,
): Constraint {
  return { id, stage, effect, rule, check };
}
