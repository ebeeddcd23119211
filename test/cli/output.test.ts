import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { run } from "../../server/src/cli/main.js";
import { json, line, print, workflowCommand } from "../../server/src/cli/printable.js";

/** No known document makes a check throw, so one does on purpose. */
vi.mock("../../server/src/check/analyse.js", async (original) => {
  const actual = await original<typeof import("../../server/src/check/analyse.js")>();
  return {
    ...actual,
    analyse(text: string, options: object) {
      if (text.includes('"odd"')) throw new RangeError("Maximum call stack size exceeded\n::error::\u001b");
      return actual.analyse(text, options);
    },
  };
});

const BIN = fileURLToPath(new URL("../../server/dist/cimd.js", import.meta.url));
const posix = process.platform !== "win32";
const ESC = "\u001b";

let root = "";
let folder = "";
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "cimd-output-"));
  folder = path.join(root, "asked");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "bad.cimd.json"), "{}");
  writeFileSync(path.join(root, "secret.cimd.json"), '{"client_name": "outside"}');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function cimd(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await run(argv, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    readStdin: () => Promise.resolve("{}"),
    colour: false,
    env: {},
    cwd: folder,
  });
  return { code, out, err };
}

/** Lines that a runner would take for a command, and characters that a terminal would. */
function dangers(text: string): string[] {
  return [
    ...text.split("\n").filter((part) => part.trimStart().startsWith("::")),
    ...(text.match(/##(?:\[|vso\[)/g) ?? []),
    ...(text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2066\u200b\ufeff]/g) ?? []),
  ];
}

describe("printable text", () => {
  it.each([
    [print`${`a${ESC}[31m\n::error::b`}`, "a\\u001b[31m\\u000a::error::b"],
    [line`${"::error::b"}`, "\\u003a:error::b\n"],
    [line`  ${"::error::b"}`, "  \\u003a:error::b\n"],
    [line`${"##[error]b ##vso[task]c"}`, "#\\u0023[error]b #\\u0023vso[task]c\n"],
    [line`${print`${"a\n"}`} ${1}`, "a\\u000a 1\n"],
    [json({ a: `\u009b31m\u202e\n${ESC}##[error]` }), '{"a":"\\u009b31m\\u202e\\n\\u001b#\\u0023[error]"}'],
    [
      workflowCommand("error", { file: "a:b,c\n::d" }, `${ESC}[31m100%\r\nx`),
      "::error file=a%3Ab%2Cc\\u000a%3A%3Ad::\\u001b[31m100%25\\u000d\\u000ax\n",
    ],
  ])("%#", (made, text) => {
    expect(made.text).toBe(text);
  });

  it("as JSON says the same", () => {
    const value = { a: "\u009b31m\u202e\u2028\n\u001b##[error]", b: ["##vso[a]"] };
    for (const indent of [undefined, 2]) expect(JSON.parse(json(value, indent).text)).toEqual(value);
  });
});

describe("words of others", () => {
  const NAME = `::error::a${ESC}[31m##[error].cimd.json`;
  const DOCUMENT = JSON.stringify({
    client_id: `https://app.acme.dev/\u009b31m::error::x##[error]`,
    client_name: `a\n::error::b${ESC}[2J`,
    [`\n::warning::${ESC}`]: 1,
    redirect_uris: [`com.acme:/\n::error::${ESC}`, "::error::b"],
    scope: "::notice::##vso[a]",
  });

  it.skipIf(!posix).each(["text", "json", "sarif", "github"])("are words in --format %s", async (format) => {
    writeFileSync(path.join(folder, NAME), DOCUMENT);
    const { out, err, code } = await cimd("check", NAME, "--format", format);
    rmSync(path.join(folder, NAME));
    const ours = out.split("\n").filter((text) => /^::(?:error|warning|notice) file=/.test(text));
    expect(
      dangers(
        format === "github"
          ? out
              .split("\n")
              .filter((text) => !ours.includes(text))
              .join("\n")
          : out,
      ),
    ).toEqual([]);
    expect(ours.length > 0).toBe(format === "github");
    expect(dangers(ours.map((text) => text.slice(2)).join("\n"))).toEqual([]);
    expect(err).toBe("");
    expect(code).toBe(1);
  });

  it.each([
    ["check", `no${ESC}\n::error::such/*.json`],
    ["check", "bad.cimd.json", "--rule", `a\n::error::${ESC}=loud`],
    ["check", "bad.cimd.json", "--server", `\n::error::${ESC}`],
    ["check", "bad.cimd.json", "--format", `\n::error::${ESC}`],
    ["check", `\n::error::${ESC}`],
    ["check", "bad.cimd.json", `--\n::error::${ESC}`],
    [`\n::error::${ESC}`],
    ["match", "http://localhost/", `\n::error::${ESC}`],
    ["create", `\n::error::${ESC}`],
    ["create", "--name", "a", "-r", `x:\n::error::${ESC}`],
    ["validate", `https://\n::error::${ESC}`],
  ])("are words in an error of %j", async (...argv) => {
    const { out, err, code } = await cimd(...argv);
    expect(dangers(out + err)).toEqual([]);
    expect(code).toBeGreaterThan(0);
  });

  it.each([
    ['{"cimd.rules":{"a\\n::error::INJECTED\\u001b[31m":"loud"}}', "cimd.rules takes one of"],
    ['{"cimd.rules":{"a":{"toString":[]}}}', 'for "a", not {"toString":[]}.'],
    [`{"cimd.rules":{"a":${"[".repeat(200)}${"]".repeat(200)}}}`, 'for "a", not [[['],
    ['{"cimd.hosting":{"a\\n::error::":{"toString":1}}}', 'not {"toString":1}.'],
    [`{"cimd.rules":${"[".repeat(5000)}`, "nested too deeply"],
  ])("in settings %j are named", async (settings, message) => {
    writeFileSync(path.join(folder, "settings.json"), settings);
    const { out, err, code } = await cimd("check", "bad.cimd.json", "--config", "settings.json");
    expect(err).toContain(message);
    expect(dangers(out + err)).toEqual([]);
    expect(code).toBe(2);
  });

  it("of any length leave messages short", async () => {
    for (const argv of [
      ["check", "bad.cimd.json", "--rule", "a".repeat(1e6)],
      ["check", "bad.cimd.json", "--server", "a".repeat(1e6)],
      ["check", `${"a".repeat(1e6)}/*`],
      ["create", "--name", "a", "-r", "b", `--${"a".repeat(1e6)}`],
      ["a".repeat(1e6)],
    ]) {
      const { err, code } = await cimd(...argv);
      expect(err.length).toBeLessThan(3000);
      expect(code).toBeGreaterThan(0);
    }
  });
});

describe("a file that cannot be judged", () => {
  it.each(["text", "json", "sarif", "github"])(
    "is named, and the others are judged, as %s",
    async (format) => {
      writeFileSync(path.join(folder, "odd.cimd.json"), '{"client_name": "odd"}');
      const { out, err, code } = await cimd("check", "odd.cimd.json", "bad.cimd.json", "--format", format);
      expect(err).toBe(
        "cimd check: odd.cimd.json cannot be judged: Maximum call stack size exceeded\\u000a::error::\\u001b\ncimd check: 1 file was not checked.\n",
      );
      if (format === "json") expect(JSON.parse(out).files).toMatchObject([{ path: "bad.cimd.json" }]);
      if (format === "sarif") expect(JSON.parse(out).runs[0].results.length).toBeGreaterThan(0);
      expect(out).toContain("bad.cimd.json");
      expect(code).toBe(2);
      const { err: verbose } = await cimd("check", "odd.cimd.json", "--verbose");
      expect(verbose).toMatch(/^ {4}at .*checkFile\.ts/m);
      rmSync(path.join(folder, "odd.cimd.json"));
    },
  );
});

describe("files", () => {
  it("that are links out of the folder are named, where nobody named them", async () => {
    symlinkSync(path.join(root, "secret.cimd.json"), path.join(folder, "link.cimd.json"));
    symlinkSync(root, path.join(folder, "up"));
    symlinkSync(path.join(folder, "bad.cimd.json"), path.join(folder, "inside.cimd.json"));
    const { out, err, code } = await cimd("check", "--server", "none");
    expect(err).toBe(
      "cimd check: link.cimd.json is a link that leads out of the folder. To check it, name the file itself.\ncimd check: 1 file was not checked.\n",
    );
    expect(out).toMatch(/^2 files checked/m);
    expect(out).not.toContain("up/");
    expect(code).toBe(2);
    expect((await cimd("check", "link.cimd.json", "--server", "none")).out).toMatch(/^1 file checked/m);
    for (const name of ["link.cimd.json", "up", "inside.cimd.json"]) rmSync(path.join(folder, name));
  });

  it.skipIf(!posix)("that a glob finds and nobody can read are named and counted", async () => {
    spawnSync("mkfifo", [path.join(folder, "pipe.cimd.json")]);
    symlinkSync("pipe.cimd.json", path.join(folder, "to-pipe.cimd.json"));
    symlinkSync("gone.json", path.join(folder, "dangling.cimd.json"));
    symlinkSync("loop.cimd.json", path.join(folder, "loop.cimd.json"));
    const odd = ["dangling.cimd.json", "loop.cimd.json", "pipe.cimd.json", "to-pipe.cimd.json"];
    const { out, err, code } = await cimd("check", "--server", "none");
    expect(err).toMatch(
      /^cimd check: dangling\.cimd\.json is a link to a file that is not there\.\ncimd check: loop\.cimd\.json .+\ncimd check: pipe\.cimd\.json is no regular file\.\ncimd check: to-pipe\.cimd\.json is no regular file\.\ncimd check: 4 files were not checked\.\n$/,
    );
    expect(out).toMatch(/^1 file checked/m);
    expect(code).toBe(2);
    for (const name of odd) rmSync(path.join(folder, name));
  });

  it.skipIf(!posix)("are regular and at most 16 MiB", async () => {
    spawnSync("mkfifo", [path.join(folder, "pipe.cimd.json")]);
    writeFileSync(path.join(folder, "large.cimd.json"), "");
    truncateSync(path.join(folder, "large.cimd.json"), 16 * 1024 * 1024 + 1);
    const { err, code } = await cimd(
      "check",
      "pipe.cimd.json",
      "large.cimd.json",
      ".",
      "/dev/zero",
      "bad.cimd.json",
    );
    expect(err).toBe(
      [
        "pipe.cimd.json is no regular file.",
        "large.cimd.json is larger than 16 MiB, and is not read.",
        ". is a folder; name files or a glob.",
        "/dev/zero is no regular file.",
        "4 files were not checked.",
        "",
      ]
        .map((text) => (text === "" ? "" : `cimd check: ${text}`))
        .join("\n"),
    );
    expect(code).toBe(2);
    for (const argv of [
      ["check", "bad.cimd.json", "--config", "pipe.cimd.json"],
      ["match", "x:/", "pipe.cimd.json"],
    ])
      expect((await cimd(...argv)).err).toContain("pipe.cimd.json is no regular file.");
    for (const name of ["pipe.cimd.json", "large.cimd.json"]) rmSync(path.join(folder, name));
  });

  it("that are no JSON are not quoted", async () => {
    const secret = "correct-horse-battery-staple";
    writeFileSync(path.join(folder, "env"), `TOKEN=${secret}\n{"password": ${secret}\n`);
    for (const format of ["text", "json", "sarif", "github"]) {
      const { out, err } = await cimd("check", "env", "--format", format);
      expect(out + err).not.toContain(secret.slice(0, 12));
    }
    expect((await cimd("check", "bad.cimd.json", "--config", "env")).err).not.toContain(secret.slice(0, 12));
    rmSync(path.join(folder, "env"));
  });
});

describe.skipIf(!posix)("the process", () => {
  /** Closes the reading end after the first piece of output. */
  function headed(...argv: string[]): Promise<{ code: number | null; err: string }> {
    const child = spawn(process.execPath, [BIN, ...argv], { cwd: folder });
    let err = "";
    child.stderr.on("data", (piece) => {
      err += piece;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, err })));
  }

  it("says by its exit code what it found, whoever reads only the beginning", async () => {
    for (let i = 0; i < 400; i++) writeFileSync(path.join(folder, `many-${i}.cimd.json`), "{}");
    expect(await headed("check", "many-*.json", "--format", "json")).toEqual({ code: 1, err: "" });
    expect(await headed("check", "many-*.json", "missing.json", "--format", "json")).toMatchObject({
      code: 2,
    });
    for (let i = 0; i < 400; i++) rmSync(path.join(folder, `many-${i}.cimd.json`));
  });

  it("ends a rehearsal that nobody sees any more", { timeout: 20_000 }, async () => {
    const child = spawn(process.execPath, [BIN, "rehearse", "bad.cimd.json"], { cwd: folder });
    const ended = new Promise((resolve) => child.on("close", resolve));
    let out = "";
    const address = await new Promise<string>((resolve) => {
      child.stdout.on("data", (piece) => {
        out += piece;
        const [, found] = /sign in to (\S+)\n.*\n/.exec(out) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    child.stdout.destroy();
    await fetch(address);
    expect(await ended).toBe(0);
  });

  it.skipIf(!existsSync("/dev/full"))("says in a sentence that the disk is full", () => {
    for (const argv of [["check", "bad.cimd.json"], ["servers"]]) {
      const { status, stderr } = spawnSync(
        "/bin/sh",
        ["-c", '"$0" "$@" > /dev/full', process.execPath, BIN, ...argv],
        {
          cwd: folder,
          encoding: "utf8",
        },
      );
      expect(stderr).toBe("cimd: the output could not be written: ENOSPC: no space left on device, write.\n");
      expect(status).toBe(2);
    }
  });
});
