import { describe, expect, it } from "vitest";
import type { Fetcher, FetchRequest, FetchTrail } from "../../server/src/hosted/fetcher.js";
import { fetchLogo, LARGEST_LOGO_BYTES } from "../../server/src/hosted/fetchLogo.js";
import { readImage } from "../../server/src/hosted/imageFile.js";
import { limitsFor } from "../../server/src/hosted/limits.js";

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

/** The first 24 bytes of a PNG of this size. */
const png = (width: number, height: number) =>
  hex(
    `89504e470d0a1a0a 0000000d 49484452 ${width.toString(16).padStart(8, "0")} ${height.toString(16).padStart(8, "0")}`,
  );

describe("readImage", () => {
  it.each([
    ["PNG", png(512, 256), { type: "image/png", width: 512, height: 256 }],
    ["GIF", latin1("GIF89a\x40\x01\xf0\x00"), { type: "image/gif", width: 320, height: 240 }],
    [
      "JPEG with an APP0 segment",
      hex("ffd8 ffe0 0004 0000 ffc0 0011 08 00f0 0140 03 012200"),
      { type: "image/jpeg", width: 320, height: 240 },
    ],
    ["JPEG that ends early", hex("ffd8ffe0"), { type: "image/jpeg", width: undefined, height: undefined }],
    [
      "WebP, extended",
      latin1("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0"),
      { type: "image/webp", width: 320, height: 240 },
    ],
    [
      "WebP, lossless",
      latin1("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x3f\xc1\x3b\0\0\0\0\0\0"),
      { type: "image/webp", width: 320, height: 240 },
    ],
    ["SVG", latin1("<svg xmlns='http://www.w3.org/2000/svg'/>"), { type: "image/svg+xml" }],
    [
      "SVG behind a declaration",
      latin1("\ufeff".slice(1) + "<?xml version='1.0'?>\n<!-- a --> <!DOCTYPE svg>\n<svg>"),
      { type: "image/svg+xml" },
    ],
  ])("knows %s", (_, bytes, facts) => {
    expect(readImage(bytes)).toMatchObject(facts);
  });

  it.each([
    ["HTML", latin1("<!doctype html><svg>")],
    ["HTML that says svg", latin1("<html><svg></svg></html>")],
    ["nothing", new Uint8Array()],
    ["a script", latin1("GIF8=1;alert(1)")],
    ["PNG's first bytes alone", latin1("\x89PNG\r\n\x1a\n")],
  ])("takes %s for no image", (_, bytes) => {
    expect(readImage(bytes)).toBeUndefined();
  });

  it("stays inside any bytes", () => {
    const starts = [png(1, 1), hex("ffd8ffe0ffff"), latin1("RIFF\0\0\0\0WEBPVP8X"), latin1("GIF89a")];
    for (const start of starts) {
      for (let length = 0; length <= start.length; length++)
        expect(() => readImage(start.subarray(0, length))).not.toThrow();
    }
  });
});

describe("fetchLogo", () => {
  const URL_ = "https://cdn.example.net/logo.png";

  function answering(trail: Partial<FetchTrail>): { fetcher: Fetcher; requests: FetchRequest[] } {
    const requests: FetchRequest[] = [];
    return {
      requests,
      fetcher: (request) => {
        requests.push(request);
        return Promise.resolve({ url: request.url, durations: {}, ...trail });
      },
    };
  }

  const ok = (bytes: Uint8Array): Partial<FetchTrail> => ({
    response: { status: 200, headers: new Map([["content-type", ["text/html"]]]), informational: [] },
    body: {
      bytes,
      wireBytes: bytes.length,
      decodedBytes: bytes.length,
      cappedBy: undefined,
      trailers: false,
      surplus: false,
    },
  });
  const fetched = (trail: Partial<FetchTrail>) =>
    fetchLogo(URL_, { fetcher: answering(trail).fetcher, limits: limitsFor(1) });

  it("inlines an image by what it is, whatever the header says", async () => {
    const logo = await fetched(ok(png(512, 512)));
    expect(logo).toMatchObject({ state: "shown", description: "PNG, 512 × 512, 1 KB" });
    expect(logo.state === "shown" && logo.src).toMatch(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/);
  });

  it("asks once, for the URL as it is, and reads no more than it may", async () => {
    const { fetcher, requests } = answering(ok(png(1, 1)));
    await fetchLogo(URL_, { fetcher, limits: limitsFor(1) });
    expect(requests.map(({ url }) => url)).toEqual([URL_]);
    expect(requests[0]?.limits.decodedBytes).toBe(LARGEST_LOGO_BYTES + 1);
  });

  it.each([
    ["a fault", { fault: { stage: "tls", code: "certificate-expired" } } as const, /certificate/],
    ["a redirect", { response: { status: 302, headers: new Map(), informational: [] } }, /answers 302/],
    ["a page", ok(latin1("<!doctype html>")), /not a PNG/],
    ["a large file", ok(new Uint8Array(LARGEST_LOGO_BYTES + 1)), /more than 512 KB/],
    ["a huge picture", ok(png(20_000, 10)), /20000 × 10/],
  ])("refuses %s and says why", async (_, trail, reason) => {
    const logo = await fetched(trail);
    expect(logo).toMatchObject({ state: "refused", reason: expect.stringMatching(reason) });
  });
});
