import { describe, expect, it } from "vitest";
import type { Fetcher, FetchRequest, FetchTrail } from "../../server/src/hosted/fetcher.js";
import { fetchLogo, LARGEST_LOGO_BYTES } from "../../server/src/hosted/fetchLogo.js";
import { readImage } from "../../server/src/hosted/imageFile.js";
import { limitsFor } from "../../server/src/hosted/limits.js";
import { svgRefusal } from "../../server/src/hosted/svgCost.js";
import { wholeBody } from "../hosted/fakeFetcher.js";

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

  /** A GIF's screen, then an image block of each size with a byte of data. */
  const gif = (...sizes: readonly (readonly [number, number])[]) =>
    latin1(
      `GIF89a\x10\0\x10\0\0\0\0${sizes
        .map(([width, height]) => {
          const word = (n: number) => String.fromCharCode(n & 255, n >> 8);
          return `!\xf9\x04\0\0\0\0\0,\0\0\0\0${word(width)}${word(height)}\0\x02\x01\0\0`;
        })
        .join("")};`,
    );

  it.each([
    [
      "GIF's frames, and the largest of them",
      gif([16, 16], [4000, 8], [8, 5000]),
      { width: 4000, height: 5000, frames: 3 },
    ],
    [
      "JPEG's scans, and its later frame headers",
      hex(
        `ffd8 ffc2 0011 08 00f0 0140 03 012200 000000 000000 ${"ffda 0002 12ff00 34".repeat(3)} ffc2 0009 08 4e20 0001 0000 ffd9`,
      ),
      { width: 320, height: 20_000, frames: 3 },
    ],
    [
      "PNG's frames",
      hex(
        `${Buffer.from(png(64, 64)).toString("hex")} 0802000000 00000000 00000008 6163544c 000003e8 00000000 00000000`,
      ),
      { frames: 1000 },
    ],
    [
      "WebP's frames",
      latin1(`RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0${"ANMF\x02\0\0\0ab".repeat(7)}`),
      { width: 320, height: 240, frames: 7 },
    ],
  ])("counts a %s", (_, bytes, facts) => {
    expect(readImage(bytes)).toMatchObject(facts);
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
    body: wholeBody(bytes),
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
    ["a picture that hides its size", ok(hex("ffd8ffe0")), /does not say how large it is/],
    [
      "an animation of many large frames",
      ok(
        hex(
          `${Buffer.from(png(4000, 4000)).toString("hex")} 0802000000 00000000 00000008 6163544c 000003e8 00000000 00000000`,
        ),
      ),
      /1000 frames or scans of 4000 × 4000 pixels/,
    ],
  ])("refuses %s and says why", async (_, trail, reason) => {
    const logo = await fetched(trail);
    expect(logo).toMatchObject({ state: "refused", reason: expect.stringMatching(reason) });
  });
});

describe("an SVG", () => {
  /** `levels` groups, each of `copies` of the one before. */
  const bomb = (levels: number, copies: number, refer: (id: string) => string) =>
    `<svg><defs><rect id="a0"/>${Array.from(
      { length: levels },
      (_, at) => `<g id="a${at + 1}">${refer(`a${at}`).repeat(copies)}</g>`,
    ).join("")}</defs>${refer(`a${levels}`)}</svg>`;
  const use = (id: string) => `<use href="#${id}"/>`;

  it.each([
    [
      "a plain drawing",
      '<svg viewBox="0 0 8 8"><path id="a" d="M0 0h8"/><use href="#a"/><g fill="#fff"/></svg>',
    ],
    ["one with a style sheet", "<svg><style>.a{fill:#123456}</style><path class='a'/></svg>"],
    ["a few levels of few copies", bomb(3, 4, use)],
    [
      "one with comments and sections",
      "<?xml version='1.0' encoding='UTF-8'?><svg><!-- <use> --><![CDATA[<use>]]></svg>",
    ],
  ])("that is %s can be drawn", (_, text) => {
    expect(svgRefusal(text)).toBeUndefined();
  });

  it.each<[string, string, string]>([
    ["copies of copies", bomb(9, 10, use), "size"],
    ["the same by the older name", bomb(9, 10, (id) => `<use xlink:href='#${id}'/>`), "size"],
    ["patterns in patterns", bomb(9, 10, (id) => `<rect fill="url(#${id})"/>`), "size"],
    ["the same in a style", bomb(9, 10, (id) => `<rect style="mask:url('#${id}')"/>`), "size"],
    ["a copy of itself", '<svg><g id="a"><use href="#a"/></g></svg>', "size"],
    ["very many elements", `<svg>${"<a/>".repeat(6000)}</svg>`, "size"],
    ["very deep elements", `<svg>${"<g>".repeat(200)}</svg>`, "size"],
    [
      "an id behind another attribute's words",
      bomb(9, 10, use).replaceAll("<g id", "<g data=' id=\"b\"' id"),
      "size",
    ],
    ["a reference in disguise", bomb(9, 10, (id) => `<use href="&#35;${id}"/>`), "form"],
    ["a reference in disguise of a URL", bomb(9, 10, (id) => `<use href="#%61${id.slice(1)}"/>`), "form"],
    ["ids that end a reference", bomb(9, 10, use).replaceAll("a", "a)"), "form"],
    ["ids beside ids that nobody reads", bomb(9, 10, use).replaceAll("<g id", '<g xml:id="b" id'), "size"],
    ["ids with a quotation mark", "<svg><g id='a\"b'/></svg>", "form"],
    ["ids with a space", '<svg><g id="a b"/></svg>', "form"],
    [
      "default attributes",
      `<!DOCTYPE svg [<!ATTLIST a:use href CDATA "#a">]><svg xmlns:a="http://www.w3.org/2000/svg"/>`,
      "form",
    ],
    ["a style sheet elsewhere", '<?xml-stylesheet href="data:text/css,"?><svg/>', "form"],
    [
      "a style sheet elsewhere by HTML",
      '<svg><h:link rel="stylesheet" href="data:text/css,"/></svg>',
      "element",
    ],
    ["a style sheet with a prefix", "<svg><s:style>rect{fill:url(#a)}</s:style></svg>", "element"],
    ["an entity", `<!DOCTYPE svg [<!ENTITY a "<use/>">]><svg>&a;</svg>`, "form"],
    ["another encoding", '<?xml version="1.0" encoding="UTF-16"?><svg></svg>', "form"],
    ["a tag that does not end", '<svg a="', "form"],
    ["a style sheet that refers", "<svg><style>rect{fill:url(#a)}</style></svg>", "element"],
    ["another image", '<svg><image href="data:image/png;base64,"/></svg>', "element"],
    ["HTML", "<svg><svg:foreignObject/></svg>", "element"],
    ["motion", "<svg><animate/></svg>", "element"],
  ])("with %s is not drawn", (_, text, kind) => {
    expect(svgRefusal(text)?.kind).toBe(kind);
  });

  it("is judged before it is handed on", async () => {
    const bytes = new TextEncoder().encode(bomb(9, 10, use));
    const trail: FetchTrail = {
      url: "https://cdn.example.net/logo.svg",
      durations: {},
      response: { status: 200, headers: new Map(), informational: [] },
      body: wholeBody(bytes),
    };
    const logo = await fetchLogo(trail.url, { fetcher: async () => trail, limits: limitsFor(1) });
    expect(logo).toEqual({
      state: "refused",
      reason:
        "The logo is an SVG that draws more than 5000 elements, counted as often as they are drawn, so it is not shown.",
    });
  });
});
