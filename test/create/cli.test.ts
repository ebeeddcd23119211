import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { create } from "../../server/src/cli/create.js";

/** What `fastmcp auth cimd create` (4.0.0b3) writes; `stdout` and `stderr` with white space collapsed. */
interface Recorded {
  readonly title: string;
  readonly args: readonly string[];
  readonly text: string;
  readonly file?: string;
  readonly stdout?: string;
  readonly stderr: string;
}

const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(new URL("fixtures/fastmcp.json", import.meta.url), "utf8"),
);
const collapsed = (text: string) => text.replace(/\s+/g, " ").trim();
const REMINDER =
  "Important: client_id is a placeholder. Update it to the URL where you will host this document, or re-run with --client-id.";
const GOOD = [
  "--name",
  "My App",
  "-r",
  "http://127.0.0.1/callback",
  "--client-id",
  "https://app.example.com/c.json",
];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cimd-create-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = "";
  let stderr = "";
  const code = await create(args, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    readStdin: () => Promise.reject(new Error("cimd create reads no standard input")),
    colour: false,
    env: { HOME: path.join(folder, "home") },
    cwd: folder,
  });
  return { code, stdout, stderr };
}

const inFolder = (file: string) => readFile(path.join(folder, file), "utf8");

describe("the same bytes as FastMCP", () => {
  it("is recorded for enough combinations", () => {
    expect(recorded.length).toBeGreaterThanOrEqual(30);
  });

  it.each(recorded.map((row) => [row.title, row] as const))(
    "%s",
    async (_, { args, text, file, stdout, stderr }) => {
      const result = await run(...args);
      expect(result.code).toBe(0);
      expect(collapsed(result.stderr)).toBe(stderr);
      if (file === undefined) {
        expect(result.stdout).toBe(text);
      } else {
        expect(await inFolder(file)).toBe(text);
        expect(collapsed(result.stdout)).toBe(stdout);
      }
    },
  );
});

describe("files", () => {
  it("expands ~ and makes the home folder's folders", async () => {
    const { code, stdout } = await run(...GOOD, "-o", "~/oauth/client.json");
    expect(code).toBe(0);
    expect(stdout).toBe("✓ CIMD document written to ~/oauth/client.json\n");
    expect(JSON.parse(await inFolder("home/oauth/client.json"))).toMatchObject({ client_name: "My App" });
  });

  it("takes a tilde elsewhere as it is", async () => {
    expect((await run(...GOOD, "-o", "~client.json")).code).toBe(0);
    expect(await inFolder("~client.json")).toContain("My App");
  });

  it("keeps an existing file unless --force", async () => {
    await writeFile(path.join(folder, "client.json"), "mine");
    const kept = await run(...GOOD, "-o", "client.json");
    expect(kept).toEqual({
      code: 1,
      stdout: "",
      stderr: "client.json exists already. Add --force to replace it, or name another file.\n",
    });
    expect(await inFolder("client.json")).toBe("mine");
    expect((await run(...GOOD, "-o", "client.json", "--force")).code).toBe(0);
    expect(await inFolder("client.json")).toContain("My App");
  });

  it("leaves nothing of a longer file behind", async () => {
    await writeFile(path.join(folder, "client.json"), "x".repeat(5000));
    await run(...GOOD, "-o", "client.json", "--force");
    expect((await inFolder("client.json")).endsWith("}\n")).toBe(true);
  });

  it("says why it cannot write", async () => {
    await mkdir(path.join(folder, "taken"));
    await writeFile(path.join(folder, "file"), "");
    const intoFolder = await run(...GOOD, "-o", "taken", "--force");
    expect(intoFolder).toMatchObject({ code: 1, stdout: "" });
    expect(intoFolder.stderr).toBe("taken is a folder. Name another file.\n");
    const belowFile = await run(...GOOD, "-o", "file/client.json");
    expect(belowFile).toMatchObject({ code: 1, stdout: "" });
    expect(belowFile.stderr).toMatch(/^The folder of file\/client\.json could not be made: /);
  });
});

it.skipIf(process.platform === "win32")("writes into no pipe and no device", async () => {
  spawnSync("mkfifo", [path.join(folder, "pipe")]);
  await symlink("pipe", path.join(folder, "link"));
  for (const output of ["pipe", "link", "/dev/zero"]) {
    for (const more of [[], ["--force"]]) {
      expect(await run(...GOOD, "-o", output, ...more)).toEqual({
        code: 1,
        stdout: "",
        stderr: `${output} is no regular file. Name another file.\n`,
      });
    }
  }
});

describe("wrong usage", () => {
  it.each([
    [[], 'Command "create" parameter --name requires an argument.'],
    [["--name", "A"], 'Command "create" parameter --redirect-uri requires an argument.'],
    [["--name", "-r", "x:/y"], 'Command "create" parameter --name requires an argument.'],
    [["--name", "A", "-r"], 'Command "create" parameter --redirect-uri requires an argument.'],
    [["--name", "A", "-r", "x:/y", "--colour", "red"], "Unknown option: --colour."],
    [["--name", "A", "-r", "x:/y", "--colour=red"], "Unknown option: --colour."],
    [["--name", "A", "-r", "x:/y", "-x"], "Unknown option: -x."],
    [["--name", "A", "-r", "x:/y", "--pretty", "false"], "Unused Tokens: ['false']."],
    [["--name", "A", "-r", "x:/y", "it's", "so"], `Unused Tokens: ["it's", 'so'].`],
    [["--name", "A", "-r", "x:/y", "--name", "B"], "Parameter --name specified multiple times."],
    [["--name", "A", "-r", "x:/y", "-o", "a", "-o", "b"], "Parameter -o specified multiple times."],
    [
      ["--name", "A", "-r", "x:/y", "--pretty=maybe"],
      'Invalid value for --pretty: unable to convert "maybe" into bool.',
    ],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toBe(`${message}\nRun "cimd create --help" for the options.\n`);
  });

  it("shows every option in the help", async () => {
    const { code, stdout, stderr } = await run("--help");
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const option of [
      "--name",
      "--redirect-uri, -r",
      "--client-id",
      "--client-uri",
      "--logo-uri",
      "--scope",
    ]) {
      expect(stdout).toContain(`  ${option} `);
    }
    for (const option of ["--output, -o", "--no-pretty", "--portable", "--force", "--no-check", "--help"]) {
      expect(stdout).toContain(`  ${option} `);
    }
  });
});

describe("the check", () => {
  it("refuses a document with an error and says which", async () => {
    const { code, stdout, stderr } = await run(
      "--name",
      "",
      "-r",
      "http://localhost:3*/cb",
      "-o",
      "client.json",
    );
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /^The document would have .* so it was not written\. Correct the options, or add --no-check\.\n/,
    );
    expect(stderr).toContain("[redirect-uris/wildcard-malformed]");
    await expect(inFolder("client.json")).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("writes it all the same with --no-check", async () => {
    const { code, stdout } = await run("--name", "A", "-r", "http://localhost:3*/cb", "--no-check");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ redirect_uris: ["http://localhost:3*/cb"] });
  });

  it("takes neither the placeholder nor a well-formed pattern for an error", async () => {
    const { code, stderr } = await run("--name", "A", "-r", "http://localhost:*/callback");
    expect(code).toBe(0);
    expect(collapsed(stderr)).toBe(REMINDER);
  });

  it("refuses a client_id that is no client identifier URL", async () => {
    const { code, stderr } = await run(
      "--name",
      "A",
      "-r",
      "http://127.0.0.1/cb",
      "--client-id",
      "http://app.example.com/c.json",
    );
    expect(code).toBe(1);
    expect(stderr).toContain("/client_id: ");
  });

  it("shows no control character of an argument", async () => {
    const { stderr } = await run("--name", "A", "-r", "x\u001b[31m:/y", "--\u001b[31mred");
    expect(stderr).not.toContain("\u001b");
  });
});

describe("--portable", () => {
  it("makes FastMCP's port wildcard the port-less pair and says what other servers need", async () => {
    const { code, stdout } = await run("--name", "A", "-r", "http://localhost:*/callback", "--portable");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      client_id: "https://YOUR-DOMAIN.com/path/to/client.json",
      client_name: "A",
      redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"],
      application_type: "native",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    });
  });
});
