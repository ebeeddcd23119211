/** Image formats that a webview may show; each can be told from its first bytes. */
export type ImageType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/svg+xml";

export interface ImageFacts {
  readonly type: ImageType;
  /** In pixels, of the largest frame; undefined for SVG, which has no size of its own, and where the file hides it. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** How often a picture of that size is made to show it: frames of an animation, scans of a JPEG. */
  readonly frames: number;
}

/**
 * Says what image a file is, from its bytes alone: no header and no file name is believed, and nothing is decoded.
 *
 * @param bytes the whole file
 * @returns undefined when it is none of the known formats
 * @see PNG (ISO 15948) §11.2.2, GIF89a §18, JPEG (ITU T.81) annex B, RFC 9649 (WebP)
 */
export function readImage(bytes: Uint8Array): ImageFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (signature: string, at = 0) =>
    bytes.length >= at + signature.length &&
    [...signature].every((character, index) => bytes[at + index] === character.charCodeAt(0));
  if (starts("\x89PNG\r\n\x1a\n") && bytes.length >= 24) {
    return {
      type: "image/png",
      width: view.getUint32(16),
      height: view.getUint32(20),
      frames: pngFrames(view),
    };
  }
  if ((starts("GIF87a") || starts("GIF89a")) && bytes.length >= 10) {
    return { type: "image/gif", ...gifSize(view) };
  }
  if (starts("\xff\xd8\xff")) return { type: "image/jpeg", ...jpegSize(view) };
  if (starts("RIFF") && starts("WEBP", 8)) return { type: "image/webp", ...webpSize(view, starts) };
  return isSvg(bytes) ? { type: "image/svg+xml", ...UNKNOWN } : undefined;
}

type Size = Omit<ImageFacts, "type">;

const UNKNOWN: Size = { width: undefined, height: undefined, frames: 1 };

/** Of an APNG, from its `acTL` chunk; a chunk that does not end is the last. */
function pngFrames(view: DataView): number {
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === ACTL && at + 16 <= view.byteLength)
      return Math.max(1, view.getUint32(at + 8));
  }
  return 1;
}

/** `acTL` */
const ACTL = 0x6163544c;

/** Walks the blocks; a frame may be larger than the screen it is for. */
function gifSize(view: DataView): Size {
  const byte = (at: number) => (at < view.byteLength ? view.getUint8(at) : 0);
  const word = (at: number) => byte(at) | (byte(at + 1) << 8);
  const colours = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let width = word(6);
  let height = word(8);
  let frames = 0;
  let at = 13 + colours(byte(10));
  const skipData = () => {
    for (; byte(at) !== 0; at += 1 + byte(at));
    at += 1;
  };
  while (at < view.byteLength) {
    const block = byte(at);
    if (block === 0x2c) {
      frames += 1;
      width = Math.max(width, word(at + 5));
      height = Math.max(height, word(at + 7));
      at += 11 + colours(byte(at + 9));
    } else if (block === 0x21) at += 2;
    else break;
    skipData();
  }
  return { width, height, frames: Math.max(1, frames) };
}

/**
 * Walks the marker segments: frame headers (SOF0 to SOF15 without DHT, JPG and DAC) and scans. Between the segments are the
 * data of a scan, in which FF is followed by 00 or a restart marker.
 */
function jpegSize(view: DataView): Size {
  let width: number | undefined;
  let height: number | undefined;
  let frames = 0;
  let at = 2;
  while (at + 4 <= view.byteLength) {
    const marker = view.getUint8(at + 1);
    const isMarker = view.getUint8(at) === 0xff && marker !== 0 && marker !== 0xff;
    if (!isMarker || (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01) {
      at += isMarker ? 2 : 1;
      continue;
    }
    if (marker === 0xd9) break;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && at + 9 <= view.byteLength) {
      height = Math.max(height ?? 0, view.getUint16(at + 5));
      width = Math.max(width ?? 0, view.getUint16(at + 7));
    }
    if (marker === 0xda) frames += 1;
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return { width, height, frames: Math.max(1, frames) };
}

function webpSize(view: DataView, starts: (signature: string, at: number) => boolean): Size {
  if (view.byteLength < 30) return UNKNOWN;
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (starts("VP8X", 12)) {
    let frames = 0;
    for (let at = 12; at + 8 <= view.byteLength; ) {
      if (starts("ANMF", at)) frames += 1;
      const length = view.getUint32(at + 4, true);
      at += 8 + length + (length % 2);
    }
    return { width: 1 + uint24(24), height: 1 + uint24(27), frames: Math.max(1, frames) };
  }
  if (starts("VP8L", 12)) {
    const packed = view.getUint32(21, true);
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff), frames: 1 };
  }
  if (starts("VP8 ", 12)) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, frames: 1 };
  }
  return UNKNOWN;
}

/** Whether a text starts with an `svg` element, after white space, an XML declaration, comments and a DOCTYPE. */
function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).replace(/^\ufeff/, "");
  return /^(?:\s|<\?xml[^>]*\?>|<!--(?:(?!-->)[\s\S])*-->|<!DOCTYPE\s+svg[^>[]*>)*<svg[\s>]/i.test(start);
}
