import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../server/package.json" with { type: "json" };
import { PlainClient } from "../protocol/plainClient.js";
import { output, packNpm, ROOT, run, withoutHash } from "./tools.js";

const DOCUMENT = `{
  "client_id": "http://app.acme.dev/oauth/client",
  "client_name": "Acme",
  "redirect_uris": ["https://app.acme.dev/callback"]
}
`;

const root = realpathSync(mkdtempSync(path.join(tmpdir(), "cimd-npm-")));
/** An empty folder, in which the package is then installed. */
const folder = path.join(root, "somewhere");
let packed: ReturnType<typeof packNpm>;

beforeAll(() => {
  mkdirSync(folder);
  packed = packNpm(root);
  writeFileSync(path.join(folder, "package.json"), '{ "private": true, "type": "module" }');
  output("npm", ["install", "--offline", "--no-audit", "--no-fund", packed.tarball], folder);
  writeFileSync(path.join(folder, "client.cimd.json"), DOCUMENT);
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

/** A program that the package has installed. */
const installed = (name: string): string =>
  path.join(folder, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);

describe("the npm package", () => {
  it("holds exactly the files of the list (after a change that is meant: vitest -u)", async () => {
    const files = packed.files.filter((file) => !file.startsWith("dist/api/"));
    await expect(`${[...new Set(files.map(withoutHash))].join("\n")}\n`).toMatchFileSnapshot("npmFiles.txt");
  });

  it("holds the types of its API, and those of no other part", () => {
    const types = packed.files.filter((file) => file.startsWith("dist/api/"));
    expect(types).toContain("dist/api/index.d.ts");
    expect(
      types.filter((file) => !/^dist\/api\/(?!(?:lsp|cli|languageFeatures)\/).*\.d\.ts$/.test(file)),
    ).toEqual([]);
  });

  it("is what npm publishes, without corrections of its own", () => {
    const args = [
      "publish",
      "--dry-run",
      "--offline",
      "--access",
      "public",
      "--loglevel",
      "warn",
      packed.tarball,
    ];
    const { status, stderr } = run("npm", args, { cwd: root });
    expect(stderr).not.toMatch(/auto-corrected|invalid/);
    expect(status).toBe(0);
  });

  it("needs no other package", () => {
    const tree = JSON.parse(output("npm", ["ls", "--all", "--json"], folder));
    expect(Object.keys(tree.dependencies)).toEqual([manifest.name]);
    expect(tree.dependencies[manifest.name].dependencies ?? {}).toEqual({});
  });

  it("gives the commands that its README and `npx -p` name", () => {
    const version = output("npx", ["--offline", "--no", "-p", manifest.name, "cimd", "--version"], folder);
    expect(version.trim()).toBe(manifest.version);
    const { status, stdout } = run(installed("cimd"), ["check"], { cwd: folder });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^client\.cimd\.json:2:\d+: error .* \[client-id\/https\]$/m);
  });

  it("runs by npx from the tarball where nothing is installed", () => {
    const empty = path.join(root, "empty");
    mkdirSync(empty);
    const { status, stdout, stderr } = run(
      "npx",
      ["--offline", "--yes", "-p", packed.tarball, "cimd", "check", "-", "--server", "none"],
      { cwd: empty, input: DOCUMENT },
    );
    expect(stderr).toBe("");
    expect(stdout).toContain("[client-id/https]");
    expect(status).toBe(1);
  });

  it("answers an editor as cimd-language-server --stdio", async () => {
    const client = await PlainClient.start(installed("cimd-language-server"), ["--stdio"]);
    expect(client.initialized.serverInfo).toEqual({ name: manifest.name, version: manifest.version });
    client.notify("textDocument/didOpen", {
      textDocument: { uri: "file:///client.cimd.json", languageId: "cimd", version: 1, text: DOCUMENT },
    });
    const { diagnostics } = await client.notification("textDocument/publishDiagnostics");
    expect(diagnostics.map(({ code }: { code: string }) => code)).toContain("client-id/https");
    expect(await client.stop()).toBe(0);
  });
});

describe("the npm API", () => {
  const PROGRAM = `
import { checkDocument, createDocument, matchPattern, matchRedirectUri, servers, validateHosted } from "cimd-language-server";
import type { CheckResult, HostedReport, Problem, Verdict } from "cimd-language-server";

const text: string = createDocument({
  clientId: "https://app.acme.dev/client.json", name: "Acme", redirectUris: ["http://localhost:*/callback"],
});
const result: CheckResult = checkDocument(text, { servers: ["fastmcp"], rules: { "client-id/*": "off" } });
const first: Problem | undefined = result.problems[0];
const verdict: Verdict["verdict"] | undefined = result.verdicts[0]?.verdict;
const [decision] = matchRedirectUri(text, "http://localhost:5/callback", { servers: ["fastmcp"] });
const report: (url: string) => Promise<HostedReport> = (url) => validateHosted(url);
console.log(JSON.stringify({
  line: first?.range.start.line,
  verdict,
  outcome: decision?.outcome,
  matches: matchPattern("fastmcp", "http://localhost:5/callback", "http://localhost:*/callback"),
  servers: servers.some(({ id }) => id === "fastmcp"),
  report: typeof report,
}));
`;
  const expected = {
    verdict: "accepts",
    outcome: "allowed",
    matches: true,
    servers: true,
    report: "function",
  };

  it.each([
    { moduleResolution: "nodenext", module: "nodenext", lib: ["es2023"], types: ["node"] },
    { moduleResolution: "bundler", module: "esnext", lib: ["es2023", "dom"], types: [] },
  ])("has types for moduleResolution $moduleResolution, with Node.js's types or the DOM's", (options) => {
    const project = path.join(folder, options.moduleResolution);
    mkdirSync(project);
    writeFileSync(path.join(project, "main.ts"), PROGRAM);
    const typeRoots = [path.join(ROOT, "node_modules", "@types")];
    writeFileSync(
      path.join(project, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: { ...options, typeRoots, target: "es2023", strict: true },
        files: ["main.ts"],
      }),
    );
    const tsc = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
    expect(run(process.execPath, [tsc, "-p", project], { cwd: project })).toMatchObject({
      stdout: "",
      status: 0,
    });
    expect(JSON.parse(output(process.execPath, [path.join(project, "main.js")], folder))).toMatchObject(
      expected,
    );
  });

  it("has the JSON Schema, and nothing else beside the API", () => {
    const program = `
      import schema from "cimd-language-server/schema.json" with { type: "json" };
      const refused = await import("cimd-language-server/dist/cimd.js").catch(({ code }) => code);
      console.log(JSON.stringify({ type: schema.type, refused }));`;
    expect(JSON.parse(output(process.execPath, ["--input-type=module", "-e", program], folder))).toEqual({
      type: "object",
      refused: "ERR_PACKAGE_PATH_NOT_EXPORTED",
    });
  });
});
