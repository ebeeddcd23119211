import fc from "fast-check";
import type { Part, Recipe } from "./cases.js";
import { REALISTIC, textWith } from "./realisticDocuments.js";

/** Limits of known servers in bytes, and round numbers that may be one. */
const LIMITS = [
  4096, 5000, 5120, 8192, 10_000, 10_240, 16_384, 32_768, 65_536, 100_000, 131_072, 262_144, 524_288,
  1_000_000, 1_048_576,
];

/** White space behind the document, or a member of this character. */
const FILLERS = [" ", "a", "ü"];

const size = fc
  .tuple(fc.constantFrom(...LIMITS), fc.constantFrom(-1, 0, 1, 2, 100))
  .map(([limit, more]) => limit + more);

const members = fc.constantFrom(...REALISTIC);

/** A text of exactly so many bytes, as far as the filler's size allows. */
const filled: fc.Arbitrary<Recipe> = fc
  .tuple(members, size, fc.constantFrom(...FILLERS))
  .map(([document, bytes, filler]): Recipe => {
    const text = textWith(document);
    if (filler === " ") return [text, { repeat: " ", times: bytes - Buffer.byteLength(text) }];
    const start = `${text.slice(0, -1)},"x":"`;
    const room = bytes - Buffer.byteLength(start) - 2;
    const width = Buffer.byteLength(filler);
    return [start, { repeat: filler, times: Math.floor(room / width) }, `${"a".repeat(room % width)}"}`];
  });

/** Long lists and long values, where servers have limits of their own. */
const LONG_MEMBERS: readonly (readonly [name: string, start: string, part: Part, end: string])[] = [
  [
    "redirect_uris",
    "[",
    { repeat: '"https://app.acme.dev/callback/{#}",', times: 0 },
    '"https://app.acme.dev/callback"]',
  ],
  ["redirect_uris", '["https://app.acme.dev/', { repeat: "a", times: 0 }, '"]'],
  ["client_name", '"', { repeat: "n", times: 0 }, '"'],
  ["scope", '"read', { repeat: " s{#}", times: 0 }, '"'],
  ["contacts", "[", { repeat: '"dev{#}@acme.dev",', times: 0 }, '"dev@acme.dev"]'],
  ["grant_types", '["authorization_code"', { repeat: ',"grant{#}"', times: 0 }, "]"],
  ["client_uri", '"https://app.acme.dev/', { repeat: "u", times: 0 }, '"'],
  ["logo_uri", '"https://app.acme.dev/', { repeat: "l", times: 0 }, '"'],
  ["jwks_uri", '"https://app.acme.dev/', { repeat: "j", times: 0 }, '"'],
  ["x", "", { repeat: "[", times: 0 }, "1"],
];

const longMember: fc.Arbitrary<Recipe> = fc
  .tuple(
    members,
    fc.constantFrom(...LONG_MEMBERS),
    fc.constantFrom(
      4,
      9,
      10,
      11,
      19,
      20,
      21,
      49,
      50,
      51,
      63,
      99,
      100,
      101,
      127,
      128,
      199,
      255,
      256,
      257,
      300,
      512,
      1025,
      2047,
      2049,
    ),
  )
  .map(([document, [name, start, part, end], times]): Recipe => {
    const { [name]: _, ...rest } = document as Readonly<Record<string, unknown>>;
    const { repeat } = part as { repeat: string };
    // Of a list, the first thousand entries are looked at.
    const repeated = { repeat, times: repeat.includes("{#}") ? Math.min(times, 999) : times };
    const closed = name === "x" ? [{ repeat: "]", times }] : [];
    return [`${textWith(rest).slice(0, -1)},"${name}":${start}`, repeated, end, ...closed, "}"];
  });

/** Documents whose size, lists or values are at some server's limit. */
export const longDocument: fc.Arbitrary<Recipe> = fc.oneof(filled, longMember);
