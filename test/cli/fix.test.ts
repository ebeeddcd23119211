import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { run } from "../../server/src/cli/main.js";

/** What happens while a file is fixed. */
let meanwhile: (() => void) | undefined;
vi.mock("../../server/src/cli/fixFile.js", async (original) => {
  const actual = await original<typeof import("../../server/src/cli/fixFile.js")>();
  return {
    ...actual,
    fixText(...args: Parameters<typeof actual.fixText>) {
      meanwhile?.();
      return actual.fixText(...args);
    },
  };
});

/** A byte order mark, a trailing comma and a repeated grant, which are safe to fix, and http, which is not. */
const BROKEN = `\ufeff{
  "client_id": "http://app.acme.dev/oauth/client",
  "client_name": "Acme",
  "redirect_uris": ["https://app.acme.dev/callback"],
  "grant_types": ["authorization_code", "authorization_code", "refresh_token"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none",
}
`;

const FIXED = BROKEN.replace("\ufeff", "")
  .replace('"none",', '"none"')
  .replace('"authorization_code", "authorization_code"', '"authorization_code"');

let folder = "";

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "cimd-fix-")));
  mkdirSync(path.join(folder, "sub"));
});
afterEach(() => {
  meanwhile = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string | Uint8Array) => writeFileSync(path.join(folder, name), text);
const read = (name: string) => readFileSync(path.join(folder, name), "utf8");

async function check(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await run(["check", "--server", "none", ...argv], {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    readStdin: () => Promise.resolve(BROKEN),
    colour: false,
    env: {},
    cwd: folder,
  });
  return { code, out, err };
}

describe("cimd check --fix", () => {
  it("writes the safe fixes, says which, and reports what is left", async () => {
    write("a.cimd.json", BROKEN);
    const { code, out, err } = await check("--fix", "a.cimd.json");
    expect(read("a.cimd.json")).toBe(FIXED);
    expect(err).toBe(
      "a.cimd.json: 3 problems fixed: document/bom, grant-types/duplicate, document/trailing-comma\n",
    );
    expect(out).toMatch(/^a\.cimd\.json:2:17: error .* \[client-id\/https\]$/m);
    expect(out).toMatch(/1 file checked: 1 error, 0 warnings\n$/);
    expect(code).toBe(1);
  });

  it("exits as if the file had been like that, and changes nothing the second time", async () => {
    write("a.cimd.json", BROKEN.replace("http:", "https:"));
    expect((await check("a.cimd.json")).code).toBe(1);
    expect((await check("--fix", "a.cimd.json")).code).toBe(0);
    const { mtimeMs } = statSync(path.join(folder, "a.cimd.json"));
    expect(await check("--fix", "a.cimd.json")).toMatchObject({ code: 0, err: "" });
    expect(statSync(path.join(folder, "a.cimd.json")).mtimeMs).toBe(mtimeMs);
  });

  it("keeps line ends and the file's mode, and leaves nothing beside it", async () => {
    write("a.cimd.json", BROKEN.replaceAll("\n", "\r\n"));
    chmodSync(path.join(folder, "a.cimd.json"), 0o640);
    await check("--fix", "a.cimd.json");
    expect(read("a.cimd.json")).toBe(FIXED.replaceAll("\n", "\r\n"));
    expect(statSync(path.join(folder, "a.cimd.json")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(["a.cimd.json", "sub"]);
  });

  it("touches only files that are named or matched", async () => {
    for (const name of ["a.cimd.json", "b.cimd.json", "other.json", "sub/c.cimd.json"]) write(name, BROKEN);
    await check("--fix", "a.cimd.json");
    expect(read("b.cimd.json")).toBe(BROKEN);
    await check("--fix");
    expect(["b.cimd.json", "sub/c.cimd.json"].map(read)).toEqual([FIXED, FIXED]);
    expect(read("other.json")).toBe(BROKEN);
  });

  it("writes through a link that is named, and through none that leads out of what was matched", async () => {
    write("outside.json", BROKEN);
    symlinkSync(path.join(folder, "outside.json"), path.join(folder, "sub", "link.cimd.json"));
    expect(await check("--fix", "sub/*.cimd.json")).toMatchObject({ code: 2 });
    expect(read("outside.json")).toBe(BROKEN);
    await check("--fix", "sub/link.cimd.json");
    expect(read("outside.json")).toBe(FIXED);
    expect(readdirSync(path.join(folder, "sub"), { withFileTypes: true })[0]?.isSymbolicLink()).toBe(true);
  });

  it("loses no byte that it cannot decode", async () => {
    const bytes = Buffer.concat([Buffer.from(BROKEN.replace("Acme", "Acm")), Buffer.from([0xe9, 0x0a])]);
    write("a.cimd.json", bytes);
    const { code, err } = await check("--fix", "a.cimd.json");
    expect(err).toContain("is not UTF-8 throughout");
    expect(code).toBe(2);
    expect(readFileSync(path.join(folder, "a.cimd.json")).equals(bytes)).toBe(true);
  });

  it("makes no text of UTF-16", async () => {
    const bytes = Buffer.from(BROKEN.replace("\ufeff", ""), "utf16le");
    write("a.cimd.json", bytes);
    expect((await check("--fix", "a.cimd.json")).err).toContain("is not UTF-8 throughout");
    expect(readFileSync(path.join(folder, "a.cimd.json")).equals(bytes)).toBe(true);
  });

  it("leaves a file that has several names one file", async () => {
    write("a.cimd.json", BROKEN);
    linkSync(path.join(folder, "a.cimd.json"), path.join(folder, "other.json"));
    await check("--fix", "a.cimd.json");
    expect([read("a.cimd.json"), read("other.json")]).toEqual([FIXED, FIXED]);
    expect(statSync(path.join(folder, "a.cimd.json")).nlink).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(["a.cimd.json", "other.json", "sub"]);
  });

  it("does not write over what somebody wrote meanwhile", async () => {
    write("a.cimd.json", BROKEN);
    meanwhile = () => write("a.cimd.json", `${BROKEN} `);
    const { code, err } = await check("--fix", "a.cimd.json");
    expect(err).toContain("a.cimd.json was changed while it was checked, so it is not fixed.");
    expect(code).toBe(2);
    expect(read("a.cimd.json")).toBe(`${BROKEN} `);
  });

  it("says that more is left where there is too much for one run", async () => {
    write(
      "a.cimd.json",
      BROKEN.replace('"refresh_token"', `"refresh_token"${', "refresh_token"'.repeat(2000)}`),
    );
    expect((await check("--fix", "a.cimd.json")).err).toBe(
      "a.cimd.json: many problems fixed, and more are left: run it again\n",
    );
  });

  it("writes the report in any format, and what it fixed to standard error", async () => {
    write("a.cimd.json", BROKEN);
    const { out, err } = await check("--fix", "--format", "json", "a.cimd.json");
    expect(JSON.parse(out).files[0].problems).toMatchObject([{ rule: "client-id/https" }]);
    expect(err).toMatch(/^a\.cimd\.json: 3 problems fixed/);
  });

  it("makes only the fixes of rules that are on", async () => {
    write("a.cimd.json", BROKEN);
    await check("--fix", "--rule", "document/bom=off", "a.cimd.json");
    expect(read("a.cimd.json")).toBe(`\ufeff${FIXED}`);
  });

  it("takes no standard input", async () => {
    const { code, err } = await check("--fix", "-");
    expect(code).toBe(2);
    expect(err).toContain("standard input cannot be written");
  });
});

describe("cimd check --fix --dry-run", () => {
  it("prints a diff and writes nothing", async () => {
    write("a.cimd.json", BROKEN.replaceAll("\n", "\r\n"));
    const { code, out, err } = await check("--fix", "--dry-run", "a.cimd.json");
    expect(read("a.cimd.json")).toBe(BROKEN.replaceAll("\n", "\r\n"));
    expect(err).toMatch(/^a\.cimd\.json: 3 problems would be fixed: /);
    expect(code).toBe(1);
    expect(out).toBe(
      [
        "--- a.cimd.json",
        "+++ a.cimd.json",
        "@@ -1,8 +1,8 @@",
        "-\\ufeff{",
        "+{",
        '   "client_id": "http://app.acme.dev/oauth/client",',
        '   "client_name": "Acme",',
        '   "redirect_uris": ["https://app.acme.dev/callback"],',
        '-  "grant_types": ["authorization_code", "authorization_code", "refresh_token"],',
        '+  "grant_types": ["authorization_code", "refresh_token"],',
        '   "response_types": ["code"],',
        '-  "token_endpoint_auth_method": "none",',
        '+  "token_endpoint_auth_method": "none"',
        " }",
        "",
      ].join("\n"),
    );
  });

  it("prints nothing of files that stay as they are", async () => {
    write("a.cimd.json", FIXED);
    expect(await check("--fix", "--dry-run", "a.cimd.json")).toEqual({ code: 1, out: "", err: "" });
  });

  it.each([
    [["--dry-run"], "--fix"],
    [["--fix", "--dry-run", "--format", "json"], "--format"],
  ])("%j is wrong usage", async (argv, named) => {
    write("a.cimd.json", BROKEN);
    const { code, err } = await check(...argv, "a.cimd.json");
    expect(code).toBe(2);
    expect(err).toContain(named);
    expect(read("a.cimd.json")).toBe(BROKEN);
  });
});
