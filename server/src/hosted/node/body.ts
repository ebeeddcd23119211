import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { messageOf } from "../../messageOf.js";
import type { BodyFacts, FetchLimits, ResponseFacts } from "../fetcher.js";
import { codeOf, Fault, ignoreLateError } from "./fault.js";
import { type HttpResponse, isParserError, parserReason } from "./request.js";
import type { Turn } from "./trail.js";

/**
 * Reads the body to its end or to a cap, decompressing as it comes.
 *
 * @param socketError what went wrong with the connection so far: it says more than the end of the body it causes
 * @throws {Fault} where the body is not whole
 */
export async function readBody(
  response: HttpResponse,
  facts: ResponseFacts,
  limits: FetchLimits,
  turn: Turn,
  socketError: () => Error | undefined,
): Promise<BodyFacts> {
  const coding = contentCoding(facts);
  const decoder = coding === undefined ? undefined : decoderFor(coding);
  const seen = { wireBytes: 0, decodedBytes: 0, cappedBy: undefined as BodyFacts["cappedBy"] };
  const chunks: Uint8Array[] = [];
  const source = response.body;
  try {
    await new Promise<void>((resolve, reject) => {
      const collect = (chunk: Uint8Array) => {
        seen.decodedBytes += chunk.length;
        if (seen.decodedBytes <= limits.decodedBytes) chunks.push(chunk);
        else {
          seen.cappedBy ??= "decoded";
          resolve();
        }
      };
      // Each chunk is taken when it comes: what waits in a stream is lost when the connection breaks.
      source.on("data", (chunk: Uint8Array) => {
        turn.renew();
        seen.wireBytes += chunk.length;
        if (seen.wireBytes > limits.wireBytes) {
          seen.cappedBy ??= "wire";
          resolve();
        } else if (decoder) decoder.write(chunk);
        else collect(chunk);
      });
      source.on("end", () => (decoder ? decoder.end() : resolve()));
      source.on("error", () => {
        const cutOff = connectionFault(socketError());
        // Where the end of the connection is the end of the body, a compressed one still says whether it is whole.
        if (!decoder || isFramed(facts)) reject(cutOff);
        else decoder.once("error", () => reject(cutOff)).end();
      });
      decoder?.on("data", collect);
      decoder?.on("end", resolve);
      decoder?.on("error", (error) => {
        const endedEarly = codeOf(error) === "Z_BUF_ERROR" && !isFramed(facts);
        reject(new Fault("body", endedEarly ? "body-cut-off" : "content-coding-broken", coding));
      });
      turn.signal.addEventListener("abort", () => reject(turn.signal.reason), { once: true });
    });
  } finally {
    source.on("error", ignoreLateError).destroy();
    decoder?.destroy();
  }
  return {
    ...seen,
    bytes: Buffer.concat(chunks),
    trailers: Object.keys(response.trailers).length > 0,
    surplus: wentOn(socketError()),
  };
}

/** Whether the header fields say where the body ends (RFC 9112 §6.3). */
function isFramed({ headers }: ResponseFacts): boolean {
  return headers.has("content-length") || headers.has("transfer-encoding");
}

/** The one content coding of a response, or undefined when the body comes as it is. */
function contentCoding({ headers }: ResponseFacts): string | undefined {
  const codings = (headers.get("content-encoding") ?? [])
    .flatMap((value) => value.split(","))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  return codings.length === 0 ? undefined : codings.join(", ");
}

/** @throws {Fault} for a coding that was not asked for, and for several at once */
function decoderFor(coding: string): Transform {
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      throw new Fault("body", "content-coding-unknown", coding);
  }
}

/** After the one answer came more, which undici calls a bad response or, where it is no HTTP, cannot parse. */
function wentOn(error: Error | undefined): boolean {
  return isParserError(error) || error?.message === "bad response";
}

/** Why a body ended before its end. */
function connectionFault(socketError: Error | undefined): Fault {
  return isParserError(socketError)
    ? new Fault("body", "body-malformed", parserReason(messageOf(socketError)))
    : new Fault("body", "body-cut-off");
}
