import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { splitUri } from "../../uri/splitUri.js";
import type { ExtraContext } from "../extras.js";
import { describeFault } from "../faults.js";
import { header } from "../fetcher.js";
import { parseMediaType } from "../mediaType.js";
import { type Step, step } from "../report.js";

/** Larger logos are a burden for servers that prefetch them. */
const LARGEST_BYTES = 512 * 1024;

/** The first bytes of the image formats browsers show. */
const SIGNATURES: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ["image/png", 0, "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/gif", 0, "GIF8"],
  ["image/webp", 8, "WEBP"],
  ["image/avif", 4, "ftypavif"],
  ["image/x-icon", 0, "\0\0\x01\0"],
];

/**
 * Whether a server that prefetches the logo would get an image.
 *
 * @see OAuth Client ID Metadata Document -02 §8.8 (servers should prefetch the logo)
 */
export async function checkLogo(
  document: ClientMetadataDocument,
  { fetcher, limits, signal }: ExtraContext,
): Promise<Step> {
  const uri = document.string("logo_uri")?.value;
  if (uri === undefined) return step("logo", "skipped", "The document names no logo.");
  if (splitUri(uri).scheme?.toLowerCase() !== "https") {
    return step("logo", "warning", "logo_uri is not https, so servers that prefetch logos leave it out.", {
      fix: "Serve the logo over https.",
    });
  }
  const trail = await fetcher({ url: uri, accept: "image/*", limits, signal });
  const durationMs = Object.values(trail.durations).reduce((sum, ms) => sum + ms, 0);
  const warning = (sentence: string, fix: string | undefined) =>
    step("logo", "warning", sentence, { fix, durationMs });
  if (trail.fault) {
    const { sentence, fix } = describeFault(trail.fault, trail);
    return warning(`The logo cannot be fetched: ${sentence}`, fix);
  }
  const { response, body } = trail;
  if (response?.status !== 200) {
    return warning(
      `The logo's URL answers ${response?.status} instead of 200.`,
      "Let logo_uri name the image itself.",
    );
  }
  const type = parseMediaType(header(response, "content-type"))?.essence ?? "no type";
  if (!type.startsWith("image/")) {
    return warning(
      `The logo's URL answers with ${type}, not with an image.`,
      "Let logo_uri name the image itself.",
    );
  }
  if (!body || body.cappedBy || body.decodedBytes > LARGEST_BYTES) {
    return warning(
      `The logo has more than ${LARGEST_BYTES / 1024} KB.`,
      "Publish a smaller one: 512 by 512 pixels are plenty.",
    );
  }
  return judgeImage(type, body.bytes, durationMs);
}

function judgeImage(type: string, bytes: Uint8Array, durationMs: number): Step {
  if (type === "image/svg+xml") {
    const text = new TextDecoder().decode(bytes);
    const active = /<script|\son[a-z]+\s*=|javascript:|<foreignObject/i.test(text);
    return step(
      "logo",
      "warning",
      active
        ? "The logo is an SVG with active content, which no server should show."
        : "The logo is an SVG, which many servers do not show because SVG can hold scripts.",
      { fix: "Publish a PNG.", durationMs },
    );
  }
  const start = String.fromCharCode(...bytes.subarray(0, 32));
  const found = SIGNATURES.find(([, at, signature]) => start.startsWith(signature, at))?.[0];
  if (!found) {
    return step("logo", "warning", `The logo says ${type}, and its bytes are no image that browsers show.`, {
      fix: "Export the logo as PNG again.",
      durationMs,
    });
  }
  if (found !== type && !(found === "image/x-icon" && type === "image/vnd.microsoft.icon")) {
    return step("logo", "warning", `The logo says ${type} and is ${found}.`, {
      fix: "Correct the Content-Type.",
      durationMs,
    });
  }
  return step("logo", "passed", `${found}, ${bytes.length} bytes.`, {
    durationMs,
  });
}
