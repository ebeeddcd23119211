import type { Fetcher, FetchFault, FetchRequest, FetchTrail } from "../../server/src/hosted/fetcher.js";

/** What a URL answers without a network. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  readonly fault?: FetchFault;
}

/** A body as a fetcher hands it on that has read all of it. */
export function wholeBody(bytes: Uint8Array): NonNullable<FetchTrail["body"]> {
  return {
    bytes,
    wireBytes: bytes.length,
    decodedBytes: bytes.length,
    cappedBy: undefined,
    trailers: false,
    surplus: false,
  };
}

/** A fetcher that answers from a table; a URL that is not in it answers 404. Every request is noted. */
export function fakeFetcher(answers: Readonly<Record<string, FakeAnswer>>): {
  fetcher: Fetcher;
  requests: FetchRequest[];
} {
  const requests: FetchRequest[] = [];
  const fetcher: Fetcher = async (request) => {
    requests.push(request);
    const { status = 200, headers = {}, body = "", fault } = answers[request.url] ?? { status: 404 };
    if (fault) return { url: request.url, durations: {}, fault };
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    return {
      url: request.url,
      durations: { response: 5, body: 1 },
      response: {
        status,
        headers: new Map(
          Object.entries({ "content-type": "application/json", ...headers }).map(([name, value]) => [
            name.toLowerCase(),
            typeof value === "string" ? [value] : value,
          ]),
        ),
        informational: [],
      },
      body: wholeBody(bytes),
    };
  };
  return { fetcher, requests };
}
