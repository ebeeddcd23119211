import { ClientMetadataDocument } from "../document/clientMetadataDocument.js";
import type { Fetcher, FetchLimits } from "./fetcher.js";
import type { Step } from "./report.js";
import { checkJwks } from "./steps/jwks.js";
import { checkLinks } from "./steps/links.js";
import { checkLogo } from "./steps/logo.js";

/** Checks that make further requests, to URLs the document names; only a person's wish starts them. */
export type ExtraId = "logo" | "jwks" | "links";

export interface ExtraContext {
  readonly fetcher: Fetcher;
  readonly limits: FetchLimits;
  readonly signal: AbortSignal | undefined;
}

type Extra = (document: ClientMetadataDocument, context: ExtraContext) => Promise<Step>;

const EXTRAS: Readonly<Record<ExtraId, Extra>> = {
  logo: checkLogo,
  jwks: checkJwks,
  links: checkLinks,
};

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
  for (const id of new Set(extras)) yield await EXTRAS[id](document, context);
}
