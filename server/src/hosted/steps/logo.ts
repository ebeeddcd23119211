import type { ClientMetadataDocument } from "../../document/clientMetadataDocument.js";
import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import { splitUri } from "../../uri/splitUri.js";
import { isHidden } from "../browserView.js";
import type { ExtraContext } from "../extraContext.js";
import { describeFault } from "../faults.js";
import { header } from "../fetcher.js";
import { readImage } from "../imageFile.js";
import { parseMediaType } from "../mediaType.js";
import { type Step, step } from "../report.js";

/** Larger logos are a burden for servers that prefetch them. */
const LARGEST_BYTES = 512 * 1024;

/**
 * Whether a server that prefetches the logo would get an image.
 *
 * @see OAuth Client ID Metadata Document -03 §9.8 (servers should prefetch the logo)
 */
export async function checkLogo(
  document: ClientMetadataDocument,
  { fetcher, limits, signal }: ExtraContext,
): Promise<Step> {
  const uri = document.string("logo_uri")?.value;
  if (uri === undefined) return step("logo", "skipped", say`The document names no logo.`);
  if (splitUri(uri).scheme?.toLowerCase() !== "https") {
    return step("logo", "warning", say`logo_uri is not https, so servers that prefetch logos leave it out.`, {
      fix: say`Serve the logo over https.`,
    });
  }
  const trail = await fetcher({ url: uri, accept: "image/*", limits, signal });
  const durationMs = Object.values(trail.durations).reduce((sum, ms) => sum + ms, 0);
  const warning = (sentence: string, fix: string | undefined) =>
    step("logo", "warning", sentence, { fix, durationMs });
  if (trail.fault) {
    const { sentence, fix } = describeFault(trail.fault, trail);
    if (isHidden(trail)) return step("logo", "skipped", sentence, { fix, durationMs });
    return warning(say`The logo cannot be fetched: ${sentence}`, fix);
  }
  const { response, body } = trail;
  if (response?.status !== 200) {
    return warning(
      say`The logo's URL answers ${response?.status} instead of 200.`,
      say`Let logo_uri name the image itself.`,
    );
  }
  const type = parseMediaType(header(response, "content-type"))?.essence ?? say`no type`;
  if (!type.startsWith("image/")) {
    return warning(
      say`The logo's URL answers with ${clip(type)}, not with an image.`,
      say`Let logo_uri name the image itself.`,
    );
  }
  if (!body || body.cappedBy || body.decodedBytes > LARGEST_BYTES) {
    return warning(
      say`The logo has more than ${LARGEST_BYTES / 1024} KB.`,
      say`Publish a smaller one: 512 by 512 pixels are plenty.`,
    );
  }
  return judgeImage(type, body.bytes, durationMs);
}

/** @param claimed the Content-Type */
function judgeImage(claimed: string, bytes: Uint8Array, durationMs: number): Step {
  const image = readImage(bytes);
  const warning = (sentence: string, fix: string) => step("logo", "warning", sentence, { fix, durationMs });
  if (!image) {
    return warning(
      say`The logo says ${clip(claimed)}, and its bytes are no PNG, JPEG, GIF, WebP or SVG.`,
      say`Export the logo as PNG again.`,
    );
  }
  const { type, width, height } = image;
  if (type === "image/svg+xml") {
    const active = /<script|\son[a-z]+\s*=|javascript:|<foreignObject/i.test(new TextDecoder().decode(bytes));
    return warning(
      active
        ? say`The logo is an SVG with active content, which no server should show.`
        : say`The logo is an SVG, which many servers do not show because SVG can hold scripts.`,
      say`Publish a PNG.`,
    );
  }
  if (type !== claimed)
    return warning(say`The logo says ${clip(claimed)} and is ${type}.`, say`Correct the Content-Type.`);
  const size = width === undefined || height === undefined ? "" : say`${width} × ${height} pixels, `;
  return step("logo", "passed", say`${type}, ${size}${bytes.length} bytes.`, { durationMs });
}
