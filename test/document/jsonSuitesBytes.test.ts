import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../server/src/rules/problem.js";

/** The command line's bundle, as it is shipped: bytes reach it from a file or a pipe. */
const CIMD = fileURLToPath(new URL("../../server/dist/cimd.js", import.meta.url));

const DOCUMENT = `{
  "client_id": "https://app.acme.dev/oauth/client",
  "client_name": "Acme",
  "redirect_uris": ["https://app.acme.dev/callback"],
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none"
}
`;

/** The document with bytes in the middle of the client's name. */
function named(...bytes: number[]): Buffer {
  const at = DOCUMENT.indexOf("Acme") + 1;
  return Buffer.concat([
    Buffer.from(DOCUMENT.slice(0, at)),
    Buffer.from(bytes),
    Buffer.from(DOCUMENT.slice(at)),
  ]);
}

function utf16(littleEndian: boolean, bom: boolean): Buffer {
  const bytes = Buffer.from((bom ? "\ufeff" : "") + DOCUMENT, "utf16le");
  return littleEndian ? bytes : bytes.swap16();
}

/** Bytes that a file can hold and a text cannot; which rule speaks about them, and what it says at least. */
const CASES: readonly (readonly [name: string, bytes: Buffer, rule: string])[] = [
  ["a lone continuation byte", named(0x80), "document/encoding"],
  ["ISO 8859-1", named(0xe9), "document/encoding"],
  ["a sequence that breaks off", named(0xe2, 0x82), "document/encoding"],
  ["an overlong slash", named(0xc0, 0xaf), "document/encoding"],
  ["an overlong NUL of six bytes", named(0xfc, 0x80, 0x80, 0x80, 0x80, 0x80), "document/encoding"],
  ["half a surrogate pair as UTF-8 bytes", named(0xed, 0xa0, 0x80), "document/encoding"],
  ["a code point beyond Unicode", named(0xf4, 0x90, 0x80, 0x80), "document/encoding"],
  ["0xFF and 0xFE, which UTF-8 never has", named(0xff, 0xfe), "document/encoding"],
  ["a NUL inside a string", named(0x00), "document/invalid-string"],
  ["half a surrogate pair as an escape", named(...Buffer.from("\\ud800")), "document/lone-surrogate"],
  ["a NUL as an escape", named(...Buffer.from("\\u0000")), "client-name/invisible"],
  [
    "a NUL after the document",
    Buffer.concat([Buffer.from(DOCUMENT), Buffer.from([0])]),
    "document/json-syntax",
  ],
  ["UTF-16 little endian with a byte order mark", utf16(true, true), "document/encoding"],
  ["UTF-16 big endian with a byte order mark", utf16(false, true), "document/encoding"],
  ["UTF-16 little endian", utf16(true, false), "document/json-syntax"],
  ["UTF-16 big endian", utf16(false, false), "document/json-syntax"],
  ["a UTF-8 byte order mark", Buffer.from(`\ufeff${DOCUMENT}`), "document/bom"],
  [
    "half of a byte order mark",
    Buffer.concat([Buffer.from([0xef, 0xbb]), Buffer.from(DOCUMENT)]),
    "document/encoding",
  ],
  ["nothing", Buffer.alloc(0), "document/json-syntax"],
  ["one NUL", Buffer.from([0]), "document/json-syntax"],
  ["one byte of 0xFF", Buffer.from([0xff]), "document/encoding"],
];

interface Answer {
  readonly files: readonly { readonly path: string; readonly problems: readonly Problem[] }[];
}

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cimd-bytes-"));
  CASES.forEach(([, bytes], index) => {
    writeFileSync(path.join(folder, `${index}.json`), bytes);
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(input: Buffer, ...files: string[]): { code: number | null; answer: Answer; errors: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [CIMD, "check", "--server", "none", "--format", "json", ...files],
    { cwd: folder, input, maxBuffer: 64 * 1024 * 1024 },
  );
  return {
    code: status,
    answer: JSON.parse(stdout.toString("utf8")) as Answer,
    errors: stderr.toString("utf8"),
  };
}

describe("cimd check of bytes that are no text", () => {
  it("says of each file what is wrong, in one run", () => {
    const { code, answer, errors } = check(Buffer.alloc(0), ...CASES.map((_, index) => `${index}.json`));
    expect(errors).toBe("");
    expect(code).toBe(1);
    const told = answer.files.map(({ problems }, index) => [
      CASES[index]?.[0],
      problems.map(({ rule }) => rule),
    ]);
    for (const [index, [name, , rule]] of CASES.entries())
      expect(told[index], name).toEqual([name, expect.arrayContaining([rule])]);
  });

  it("says the same of standard input", () => {
    const files = check(Buffer.alloc(0), ...CASES.map((_, index) => `${index}.json`)).answer.files;
    for (const [index, [name, bytes]] of CASES.entries()) {
      // Each costs a process.
      if (index % 4 !== 0) continue;
      const { answer } = check(bytes, "-");
      expect(answer.files[0]?.problems, name).toEqual(files[index]?.problems);
    }
  }, 60_000);
});
