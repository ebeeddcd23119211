import type { Socket } from "node:net";
import { Client, type Dispatcher } from "undici";
import { messageOf } from "../../messageOf.js";
import { VERSION } from "../../version.js";
import type { FetchRequest, ResponseFacts } from "../fetcher.js";
import { codeOf, Fault } from "./fault.js";
import { tlsFault } from "./tlsFaults.js";

export type HttpClient = Client;
export type HttpResponse = Dispatcher.ResponseData;

/** Response headers beyond this many bytes end the exchange; Node's own default. */
const MAX_HEADER_BYTES = 16 * 1024;
/** Informational answers beyond these are not noted. */
const MOST_INFORMATIONAL = 16;

/**
 * An HTTP client that has one connection, which is checked and pinned, and never makes a second one.
 *
 * @param socket open, and secure for https
 */
export function clientOn(socket: Socket, origin: string): HttpClient {
  let taken = false;
  return new Client(origin, {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_options, callback) => {
      const error = taken ? new Error("other side closed") : null;
      // The client wants its answer later, not within the call.
      queueMicrotask(() => (error ? callback(error, null) : callback(null, socket)));
      taken = true;
    },
  });
}

/** Sends the one request and waits for the headers of the final answer. */
export async function ask(
  client: HttpClient,
  url: URL,
  { accept, post }: FetchRequest,
  signal: AbortSignal,
): Promise<{ response: HttpResponse; facts: ResponseFacts }> {
  const informational: number[] = [];
  const response = await client.request({
    method: post === undefined ? "GET" : "POST",
    path: url.pathname + url.search,
    headers: {
      accept,
      "accept-encoding": "gzip, deflate, br",
      "user-agent": `cimd/${VERSION}`,
      ...(post === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(post === undefined ? {} : { body: post }),
    signal,
    responseHeaders: "raw",
    onInfo: ({ statusCode }) => {
      if (informational.length < MOST_INFORMATIONAL) informational.push(statusCode);
    },
  });
  return {
    response,
    facts: { status: response.statusCode, headers: headersOf(response), informational },
  };
}

function headersOf({ headers: raw }: { headers: unknown }): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  const list = Array.isArray(raw) ? raw.map(String) : [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = (list[i] ?? "").toLowerCase();
    const values = headers.get(name);
    if (values) values.push(list[i + 1] ?? "");
    else headers.set(name, [list[i + 1] ?? ""]);
  }
  return headers;
}

/** Why there is no answer. */
export function responseFault(error: unknown): Fault {
  const code = codeOf(error);
  const message = messageOf(error);
  // TLS 1.3 tells of a missing client certificate only now.
  const named = tlsFault({ code, message, chainLength: 1 });
  if (named) return new Fault("tls", named, message);
  if (code === "UND_ERR_HEADERS_OVERFLOW" || code === "HPE_HEADER_OVERFLOW") {
    return new Fault("response", "headers-too-large");
  }
  if (message === "bad upgrade") return new Fault("response", "switching-protocols");
  if (isParserError(error) || code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") {
    return new Fault("response", "not-http", parserReason(message));
  }
  if (
    code === "UND_ERR_SOCKET" ||
    code === "ECONNRESET" ||
    code === "EPIPE" ||
    message === "other side closed"
  ) {
    return new Fault("response", "closed-before-answer");
  }
  return new Fault("response", "exchange-failed", message);
}

/** undici's HTTP parser stumbled. Its errors are known by their name, for their `code` is not always set. */
export function isParserError(error: unknown): boolean {
  return error instanceof Error && error.name === "HTTPParserError";
}

/** The parser's own words without undici's introduction. */
export function parserReason(message: string): string {
  return /^[^(]*\((.+)\)$/.exec(message)?.[1] ?? message;
}
