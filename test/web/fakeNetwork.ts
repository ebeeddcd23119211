import type { BrowserNetwork, BrowserRequest } from "../../server/src/hosted/browserFetcher.js";

/** What a URL answers in a browser; an error is what `fetch` rejects with. */
export type FakeAnswer = Response | Error | ((init: BrowserRequest) => Promise<Response>);

/** A browser's network that answers from a table. A URL that is not in it is not shown, as without CORS. */
export function fakeNetwork(
  answers: Readonly<Record<string, FakeAnswer>>,
  isOnline = true,
): { network: BrowserNetwork; requests: { url: string; init: BrowserRequest }[] } {
  const requests: { url: string; init: BrowserRequest }[] = [];
  return {
    requests,
    network: {
      isOnline: () => isOnline,
      async fetch(url, init) {
        requests.push({ url, init });
        init.signal?.throwIfAborted();
        const answer = answers[url] ?? new TypeError("Failed to fetch");
        if (answer instanceof Error) throw answer;
        return typeof answer === "function" ? answer(init) : answer.clone();
      },
    },
  };
}

/** A redirect as a browser shows it that was told not to follow: nothing but the fact. */
export function opaqueRedirect(): Response {
  return Object.defineProperties(new Response(null, { status: 200 }), {
    type: { value: "opaqueredirect" },
    clone: { value: opaqueRedirect },
  });
}

/** A body of so many bytes that never ends if its reader does not stop. */
export function endlessBody(chunk: number): Response {
  return new Response(
    new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(chunk)),
    }),
  );
}

/** Waits until it is told to stop. */
export function hanging(init: BrowserRequest): Promise<Response> {
  return new Promise((_resolve, reject) => {
    init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
  });
}
