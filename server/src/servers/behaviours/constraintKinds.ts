import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import type { MemberReads } from "../memberReads.js";
import type { Constraint, Effect, Stage } from "../profile.js";
import { type ByteOrderMark, jsonBody, type Members } from "./jsonBody.js";

/** Reports one miss: the server's words, where it is, and the rule where it differs from the constraint's. */
export type Report = (message: string, pointer?: string, rule?: string) => void;

/** The URL that a server fetches the document from, where it is known. */
export type FetchedFrom = Pick<ClientMetadataDocument, "url">;

/** A constraint's name and place; `document` and `blocks` unless it says otherwise. */
export interface Heading {
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
  heading: Omit<Heading, "stage">,
  check: (url: string, report: (message: string, rule?: string) => void) => void,
): Constraint {
  return constraint({ ...heading, stage: "fetch" }, (document, report, reads) => {
    reads?.membersOnly();
    const url = document.url;
    if (url === undefined) return;
    reads?.name("client_id");
    const pointer = document.string("client_id")?.value === url ? "/client_id" : undefined;
    check(url, (message, rule) => report(message, pointer, rule));
  });
}

/**
 * A constraint on the members of the document, and the URL it is fetched from. Silent while the text is no JSON object:
 * another constraint says so.
 */
export function onMembers(
  byteOrderMark: ByteOrderMark,
  heading: Heading,
  check: (members: Members, report: Report, fetchedFrom: FetchedFrom) => void,
): Constraint {
  return constraint(heading, (document, report, reads) => {
    const body = jsonBody(document, byteOrderMark);
    if (!body.json || !body.members) return;
    check(reads ? reads.watch(body.members) : body.members, report, document);
  });
}

/** A constraint on the text as a whole. */
export function constraint(
  { id, rule, stage = "document", effect = "blocks" }: Heading,
  check: (document: ClientMetadataDocument, report: Report, reads: MemberReads | undefined) => void,
): Constraint {
  return {
    id,
    stage,
    effect,
    rule,
    check(document, report, reads) {
      const reportTo: Report = (message, pointer, otherRule) => {
        report({
          message,
          ...(pointer === undefined ? {} : { pointer }),
          ...(otherRule === undefined ? {} : { rule: otherRule }),
        });
      };
      check(document, reportTo, reads);
    },
  };
}
