import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { describeFault } from "./faults.js";
import type { Fetcher, FetchLimits } from "./fetcher.js";
import { type ImageFacts, readImage } from "./imageFile.js";
import { MOST_SVG_ELEMENTS, svgRefusal } from "./svgCost.js";

/** Larger logos are a burden for servers that prefetch them, and for the preview. */
export const LARGEST_LOGO_BYTES = 512 * 1024;
/** All frames together: a still image of the largest side, or a short animation of a usual one. */
const MOST_PIXELS = 4096 * 4096 * 2;
/** Pixels on one side; more would only cost memory. */
export const LARGEST_LOGO_SIDE = 4096;

export type FetchedLogo =
  | {
      readonly state: "shown";
      /** The whole image as a `data:` URL. */
      readonly src: string;
      /** `PNG, 512 × 512, 14 KB`. */
      readonly description: string;
    }
  | { readonly state: "refused"; readonly reason: string };

/**
 * Fetches a logo as a server that prefetches it would (CIMD draft-03 §9.8): guarded, once, without following redirects,
 * and only because a person asked. What is no image by its content, is too large or too big is not handed on.
 *
 * @param url `logo_uri` of a document
 * @returns the image inlined, or why not; never rejects
 */
export async function fetchLogo(
  url: string,
  { fetcher, limits, signal }: { fetcher: Fetcher; limits: FetchLimits; signal?: AbortSignal },
): Promise<FetchedLogo> {
  const refused = (reason: string): FetchedLogo => ({ state: "refused", reason });
  const trail = await fetcher({
    url,
    accept: "image/*",
    limits: { ...limits, wireBytes: LARGEST_LOGO_BYTES + 1, decodedBytes: LARGEST_LOGO_BYTES + 1 },
    signal,
  });
  if (trail.fault) return refused(describeFault(trail.fault, trail).sentence);
  if (trail.response?.status !== 200) {
    return refused(say`The logo's URL answers ${trail.response?.status} instead of 200.`);
  }
  const { body } = trail;
  if (!body || body.cappedBy || body.bytes.length > LARGEST_LOGO_BYTES) {
    return refused(say`The logo has more than ${LARGEST_LOGO_BYTES / 1024} KB.`);
  }
  const image = readImage(body.bytes);
  if (!image)
    return refused(
      say`The logo's URL answers with something that is not a PNG, JPEG, GIF, WebP or SVG image.`,
    );
  const { type, width, height } = image;
  const cost = type === "image/svg+xml" ? whyNotDrawn(body.bytes) : whyTooLarge(image);
  if (cost !== undefined) return refused(cost);
  const size = width === undefined || height === undefined ? [] : [`${width} × ${height}`];
  const kilobytes = say`${Math.max(1, Math.round(body.bytes.length / 1024))} KB`;
  return {
    state: "shown",
    src: `data:${type};base64,${base64(body.bytes)}`,
    description: [NAMES[type], ...size, kilobytes].join(", "),
  };
}

/** As `Uint8Array.prototype.toBase64`, which not every platform has yet. */
function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** What it takes to show an image is known before it is shown: nothing else is handed on. */
function whyTooLarge({ width, height, frames }: ImageFacts): string | undefined {
  if (!width || !height) return say`The logo does not say how large it is, so it is not shown.`;
  if (Math.max(width, height) > LARGEST_LOGO_SIDE) {
    return say`The logo measures ${width} × ${height} pixels; more than ${LARGEST_LOGO_SIDE} on a side is not shown.`;
  }
  return width * height * frames > MOST_PIXELS
    ? say`The logo has ${frames} frames or scans of ${width} × ${height} pixels, which is too much to show.`
    : undefined;
}

function whyNotDrawn(bytes: Uint8Array): string | undefined {
  const refusal = svgRefusal(new TextDecoder().decode(bytes));
  switch (refusal?.kind) {
    case undefined:
      return undefined;
    case "element":
      return say`The logo is an SVG with <${clip(refusal.name, 40)}>, which is not shown here.`;
    case "size":
      return say`The logo is an SVG that draws more than ${MOST_SVG_ELEMENTS} elements, counted as often as they are drawn, so it is not shown.`;
    default:
      return say`What the logo draws cannot be told from its SVG, so it is not shown.`;
  }
}

const NAMES = {
  "image/png": "PNG",
  "image/jpeg": "JPEG",
  "image/gif": "GIF",
  "image/webp": "WebP",
  "image/svg+xml": "SVG",
} as const;
