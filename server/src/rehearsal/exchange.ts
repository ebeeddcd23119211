import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

/** One request, read whole. */
export interface Exchange {
  readonly method: string;
  /** Absolute, on the rehearsal's own origin. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What is answered; a stream is a response that goes on. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Buffer | ReadableStream<Uint8Array>;
}

/** More than any request of a sign-in has. */
const MOST_BYTES = 65_536;

/**
 * Reads a request to its end.
 *
 * @param origin of the rehearsal
 * @returns undefined where the address or the body is none that a client would send
 */
export async function readExchange(request: IncomingMessage, origin: string): Promise<Exchange | undefined> {
  // A target such as `//host/` or `http://host/` would name another origin.
  const url = request.url?.startsWith("/") ? URL.parse(origin + request.url) : null;
  if (!url) return undefined;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length > MOST_BYTES) return undefined;
    pieces.push(piece);
  }
  return { method: request.method ?? "GET", url, headers: request.headers, body: Buffer.concat(pieces) };
}

/** Sends an answer; resolves when everything is written or the client has gone. */
export async function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  const closed = new Promise<void>((resolve) => response.once("close", resolve));
  response.writeHead(status, headers);
  if (body instanceof ReadableStream) {
    const reader = body.getReader();
    void closed.then(() => reader.cancel());
    for (let next = await reader.read(); !next.done; next = await reader.read()) response.write(next.value);
    response.end();
  } else response.end(body);
  await closed;
}

/** An answer in JSON, which nobody may cache. */
export function jsonAnswer(status: number, value: unknown, headers: OutgoingHttpHeaders = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(value),
  };
}

/** The members of a form, as a token endpoint reads them. */
export function formOf({ body }: Exchange): URLSearchParams {
  return new URLSearchParams(body.toString("utf8"));
}

/** The members of an answer that is a JSON object; none where it is something else. */
export function membersOf({ body }: Answer): Readonly<Record<string, unknown>> {
  if (body instanceof ReadableStream) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What a client sent as a Bearer token. */
export function bearerToken({ headers }: Exchange): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
}
