import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../server/src/cli/main.js";

/** The command line as it is shipped. */
const CIMD = fileURLToPath(new URL("../../server/dist/cimd.js", import.meta.url));
const FILES = 700;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cimd-threads-"));
  mkdirSync(path.join(folder, "files"));
  for (let i = 0; i < FILES; i++) {
    const text = `{"client_id": "https://h${i}.acme.dev/c", "client_secret": ${i}, "redirect_uris": []}`;
    writeFileSync(path.join(folder, "files", `${i}.cimd.json`), i % 7 === 0 ? "{" : text);
  }
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What one thread says. */
async function alone(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { code: 0, out: "", err: "" };
  said.code = await run(argv, {
    stdout: (text) => {
      said.out += text;
    },
    stderr: (text) => {
      said.err += text;
    },
    readStdin: () => Promise.resolve("{}"),
    colour: false,
    env: {},
    cwd: folder,
  });
  return said;
}

describe("cimd check of many files, in several threads", () => {
  it.each(["text", "json", "sarif", "github"])(
    "writes what one thread writes, as %s",
    async (format) => {
      const argv = ["check", "files/*.json", "-", "missing.json", "--server", "none", "--format", format];
      const { status, stdout, stderr } = spawnSync(process.execPath, [CIMD, ...argv], {
        cwd: folder,
        input: "{}",
        encoding: "utf8",
        maxBuffer: 1e9,
      });
      expect({ code: status, out: stdout, err: stderr }).toEqual(await alone(...argv));
    },
    60_000,
  );
});
