/** Image formats that a webview may show; each can be told from its first bytes. */
export type ImageType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/svg+xml";

export interface ImageFacts {
  readonly type: ImageType;
  /** In pixels; undefined for SVG, which has no size of its own, and where the file hides it. */
  readonly width: number | undefined;
  readonly height: number | undefined;
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
    return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
  }
  if ((starts("GIF87a") || starts("GIF89a")) && bytes.length >= 10) {
    return { type: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (starts("\xff\xd8\xff")) return { type: "image/jpeg", ...jpegSize(view) };
  if (starts("RIFF") && starts("WEBP", 8)) return { type: "image/webp", ...webpSize(view, starts) };
  return isSvg(bytes) ? { type: "image/svg+xml", width: undefined, height: undefined } : undefined;
}

interface Size {
  readonly width: number | undefined;
  readonly height: number | undefined;
}

const UNKNOWN: Size = { width: undefined, height: undefined };

/** Walks the marker segments to the frame header (SOF0 to SOF15 without DHT, JPG and DAC). */
function jpegSize(view: DataView): Size {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return UNKNOWN;
}

function webpSize(view: DataView, starts: (signature: string, at: number) => boolean): Size {
  if (view.byteLength < 30) return UNKNOWN;
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (starts("VP8X", 12)) return { width: 1 + uint24(24), height: 1 + uint24(27) };
  if (starts("VP8L", 12)) {
    const packed = view.getUint32(21, true);
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
  }
  if (starts("VP8 ", 12)) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  return UNKNOWN;
}

/** Whether a text starts with an `svg` element, after white space, an XML declaration, comments and a DOCTYPE. */
function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).replace(/^\ufeff/, "");
  return /^(?:\s|<\?xml[^>]*\?>|<!--(?:(?!-->)[\s\S])*-->|<!DOCTYPE\s+svg[^>[]*>)*<svg[\s>]/i.test(start);
}
