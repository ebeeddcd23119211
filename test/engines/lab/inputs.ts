import fc from "fast-check";
import { ClientMetadataDocument } from "../../../server/src/document/clientMetadataDocument.js";
import { documents as tornDocuments } from "../../fuzz/arbitraries.js";
import { documents as spelledDocuments, uriPair } from "../../servers/support/betterAuthAtprotoDocuments.js";
import { documentCase } from "../../servers/support/documents.js";
import { clientIdUrl, redirectUri, requestFor } from "../../servers/support/uris.js";
import type { EngineCase } from "./cases.js";
import { longDocument } from "./longDocuments.js";
import { memberEdit, REALISTIC, realisticDocument, textWith } from "./realisticDocuments.js";

/** Where a document is looked for that does not say it. */
export const USUAL_URL = "https://app.acme.dev/oauth/client.json";

/** The questions of one run, the same for all engines. */
export interface Inputs {
  readonly documents: readonly EngineCase[];
  readonly redirects: readonly EngineCase[];
}

/**
 * @param runs how many documents; half as many redirects
 * @returns the inputs of a seed
 */
export function generateInputs(seed: number, runs: number): Inputs {
  return {
    documents: fc.sample(documentInput, { seed, numRuns: runs }),
    redirects: fc.sample(redirectInput, { seed, numRuns: Math.ceil(runs / 2) }),
  };
}

/** A request carries UTF-8, and a body is bytes: half a surrogate pair reaches no server. */
function inputOf(text: string, url: string | undefined, requested?: string): EngineCase {
  const body = text.toWellFormed();
  const from = url ?? new ClientMetadataDocument(body).url ?? USUAL_URL;
  return {
    url: from.toWellFormed(),
    body,
    ...(requested === undefined ? {} : { redirectUri: requested.toWellFormed() }),
  };
}

const documentInput: fc.Arbitrary<EngineCase> = fc.oneof(
  { arbitrary: realisticDocument.map((text) => inputOf(text, undefined)), weight: 12 },
  { arbitrary: documentCase.map(({ text, url }) => inputOf(text, url)), weight: 3 },
  {
    arbitrary: spelledDocuments(REALISTIC.map(({ client_id: _, ...members }) => members) as never).map(
      ({ text, url }) => inputOf(text, url),
    ),
    weight: 3,
  },
  {
    // The same document, found elsewhere.
    arbitrary: fc.tuple(realisticDocument, clientIdUrl).map(([text, url]) => inputOf(text, url)),
    weight: 1,
  },
  {
    // A document at a URL of any form.
    arbitrary: fc
      .tuple(fc.constantFrom(...REALISTIC), clientIdUrl)
      .map(([members, url]) => inputOf(textWith({ ...members, client_id: url.toWellFormed() }), url)),
    weight: 2,
  },
  { arbitrary: tornDocuments.map((text) => inputOf(text, undefined)), weight: 1 },
  { arbitrary: longDocument.map((body) => ({ url: USUAL_URL, body })), weight: 1 },
);

/** Entries that most servers take. */
const PLAIN_ENTRIES = [
  "https://app.acme.dev/callback",
  "http://127.0.0.1/callback",
  "http://localhost:3118/callback",
  "http://localhost/callback",
  "http://127.0.0.1:3118/callback",
  "http://[::1]/callback",
  "dev.acme.app:/callback",
  "cursor://anysphere.cursor-mcp/oauth/callback",
];

const redirectPair = (entries: fc.Arbitrary<string>) =>
  entries.chain((entry) => fc.record({ entry: fc.constant(entry), requested: requestFor(entry) }));

const entryAndRequest = fc.oneof(
  { arbitrary: redirectPair(fc.constantFrom(...PLAIN_ENTRIES)), weight: 5 },
  { arbitrary: redirectPair(redirectUri), weight: 4 },
  { arbitrary: uriPair, weight: 1 },
);

/** Which `application_type` a strict server wants for a redirect. */
function fittingType(entry: string): string {
  return /^https:/i.test(entry) ? "web" : "native";
}

const redirectInput: fc.Arbitrary<EngineCase> = fc
  .record({
    members: fc.constantFrom(...REALISTIC),
    pair: entryAndRequest,
    others: fc.oneof(
      { arbitrary: fc.constant([]), weight: 4 },
      { arbitrary: fc.array(fc.constantFrom(...PLAIN_ENTRIES), { minLength: 1, maxLength: 2 }), weight: 2 },
      { arbitrary: fc.array(redirectUri, { maxLength: 2 }), weight: 1 },
    ),
    type: fc.oneof(
      { arbitrary: fc.constant("fitting"), weight: 4 },
      { arbitrary: fc.constant("as it is"), weight: 2 },
      { arbitrary: fc.constantFrom(undefined, "native", "web"), weight: 1 },
    ),
    first: fc.boolean(),
    // What else is wrong with a document may end a sign-in as well.
    change: fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary: memberEdit, weight: 1 }),
  })
  .map(({ members, pair: { entry, requested }, others, type, first, change }) => {
    const entries = first ? [entry, ...others] : [...others, entry];
    const changed = { ...members, redirect_uris: entries.map((uri) => uri.toWellFormed()) };
    const applicationType = type === "fitting" ? fittingType(entry) : type;
    const document = type === "as it is" ? changed : { ...changed, application_type: applicationType };
    return inputOf(textWith(document, change), USUAL_URL, requested);
  });
