import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import type { ExtraContext } from "./extraContext.js";
import { type Step, step } from "./report.js";
import { checkJwks } from "./steps/jwks.js";
import { checkLinks, LINKS } from "./steps/links.js";
import { checkLogo } from "./steps/logo.js";

/** Checks that make further requests, to URLs the document names; only a person's wish starts them. */
export type ExtraId = "logo" | "jwks" | "links";

/** An extra that a document gives reason for. */
export interface OfferedExtra {
  readonly id: ExtraId;
  /** `host` or `host:port` of every URL it would ask. */
  readonly hosts: readonly string[];
}

type Extra = (document: ClientMetadataDocument, context: ExtraContext) => Promise<Step>;

const EXTRAS: Readonly<Record<ExtraId, Extra>> = {
  logo: checkLogo,
  jwks: checkJwks,
  links: checkLinks,
};

/** Members of the document whose URLs an extra asks. */
const MEMBERS: Readonly<Record<ExtraId, readonly string[]>> = {
  logo: ["logo_uri"],
  jwks: ["jwks_uri"],
  links: LINKS,
};

/**
 * What could be checked beyond the document itself, and whom that would ask. Nothing is asked by this.
 *
 * @param text of the hosted document
 */
export function offeredExtras(text: string, url: string): OfferedExtra[] {
  const document = new ClientMetadataDocument(text, { url });
  return (["logo", "jwks", "links"] as const)
    .filter((id) => MEMBERS[id].some((name) => document.string(name) !== undefined))
    .map((id) => ({ id, hosts: hostsAsked(document, id) }));
}

/** Only https is ever asked, so nothing else names a host. */
function hostsAsked(document: ClientMetadataDocument, id: ExtraId): string[] {
  const hosts = MEMBERS[id].flatMap((name) => {
    const value = document.string(name)?.value;
    const url = value === undefined ? null : URL.parse(value);
    return url?.protocol === "https:" ? [url.host] : [];
  });
  return [...new Set(hosts)];
}

/**
 * Runs the extras a person asked for, one after the other, each through the same guarded fetcher.
 *
 * @param text of the hosted document
 */
export async function* runExtras(
  extras: readonly ExtraId[],
  text: string,
  url: string,
  context: ExtraContext,
): AsyncGenerator<Step> {
  if (extras.length === 0) return;
  const document = new ClientMetadataDocument(text, { url });
  for (const id of new Set(extras)) {
    const strangers = hostsAsked(document, id).filter(
      (host) => context.agreedHosts?.includes(host) === false,
    );
    yield strangers.length > 0 ? notAgreed(id, strangers) : await EXTRAS[id](document, context);
  }
}

function notAgreed(id: ExtraId, strangers: readonly string[]): Step {
  return step(
    id,
    "warning",
    say`Not fetched: the document names ${clip(strangers.join(", "))} now, which nobody agreed to ask.`,
    { fix: say`Run the check again, and agree to the hosts it names then.` },
  );
}
