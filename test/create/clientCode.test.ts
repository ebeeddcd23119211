import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientCode } from "../../server/src/create/clientCode.js";
import { CODE_LIBRARIES, type CodeLibrary } from "../../server/src/create/codeLibraries.js";
import { type ClientFacts, requestedRedirectUri } from "../../server/src/create/codeText.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FACTS: ClientFacts = {
  clientId: "https://app.acme.dev/oauth/client.cimd.json",
  name: "Acme Notes",
  scope: "",
  redirectUri: "http://127.0.0.1/callback",
};
/** Python to run, where there is one. */
const PYTHON = ["python3", "python"].find((name) => spawnSync(name, ["-c", "import ast"]).status === 0) ?? "";
const SIGNING: ClientFacts = { ...FACTS, signingAlgorithm: "ES256", scope: "notes:read notes:write" };
const WEB: ClientFacts = { ...SIGNING, redirectUri: "https://app.acme.dev/callback", scope: "atproto" };

describe("TypeScript client code", () => {
  let folder: string;

  beforeAll(async () => {
    // Below the repository, so that its packages are found.
    await mkdir(path.join(ROOT, ".cache"), { recursive: true });
    folder = await mkdtemp(path.join(ROOT, ".cache", "client-code-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("compiles against the libraries, strictly", async () => {
    const variants = [FACTS, SIGNING, WEB, { ...WEB, signingAlgorithm: undefined, scope: "" }];
    const files = variants.flatMap((facts, index) =>
      (["mcp-typescript-sdk", "mcp-typescript-sdk-1", "atproto"] as const).map((library) => ({
        name: `${library}-${index}.ts`,
        code: clientCode(library, facts).code,
      })),
    );
    await writeFile(path.join(folder, "package.json"), '{ "type": "module" }');
    for (const { name, code } of files) await writeFile(path.join(folder, name), code);
    await writeFile(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noEmit: true,
          module: "nodenext",
          target: "es2023",
          skipLibCheck: true,
          noUnusedLocals: true,
          exactOptionalPropertyTypes: true,
          verbatimModuleSyntax: true,
          // What Node.js runs without a build.
          erasableSyntaxOnly: true,
          types: ["node"],
        },
        include: ["*.ts"],
      }),
    );
    const tsc = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", folder]).catch(
      (error: { readonly stdout: string }) => error,
    );
    expect(stdout).toBe("");
  }, 60_000);
});

describe("client code", () => {
  it.each(CODE_LIBRARIES)("for %s holds the document's URL", (library) => {
    expect(clientCode(library, FACTS).code).toContain(`"${FACTS.clientId}"`);
  });

  it("fills in the redirect URI, with a port where the entry allows any", () => {
    expect(clientCode("mcp-python-sdk", FACTS).code).toContain('"http://127.0.0.1:8765/callback"');
    expect(clientCode("mcp-typescript-sdk", WEB).code).toContain('"https://app.acme.dev/callback"');
  });

  it("tells FastMCP the host and port that the entry asks for, and no other", () => {
    const fastmcp = (redirectUri: string) => clientCode("fastmcp", { ...FACTS, redirectUri }).code;
    expect(fastmcp("http://localhost:*/callback")).not.toContain("callback");
    expect(fastmcp("http://localhost/callback")).not.toContain("callback_");
    expect(fastmcp("http://127.0.0.1:3000/callback")).toContain(
      '    callback_host="127.0.0.1",\n    callback_port=3000,\n',
    );
    expect(fastmcp("https://app.acme.dev/callback")).toMatch(/^# FastMCP comes back to http:\/\/localhost/);
  });

  it("says where a library does not sign, and signs where it can", () => {
    expect(clientCode("fastmcp", SIGNING).code).toContain("does not sign");
    expect(clientCode("mcp-python-sdk", SIGNING).code).toContain("does not sign");
    for (const library of ["mcp-typescript-sdk", "mcp-typescript-sdk-1"] as const) {
      expect(clientCode(library, SIGNING).code).toContain('const alg = "ES256"');
      expect(clientCode(library, FACTS).code).not.toContain("rivateKey");
    }
    expect(clientCode("atproto", WEB).code).toContain("keyset:");
  });

  it.each(CODE_LIBRARIES)("for %s keeps text of the document inside printable literals", (library) => {
    const hostile = 'a"\n"""\\\u202e\u2028\ud800${x}`#\u007f';
    const { code } = clientCode(library, {
      clientId: `https://app.acme.dev/${hostile}`,
      name: hostile,
      scope: hostile,
      redirectUri: `https://app.acme.dev/${hostile}`,
      signingAlgorithm: hostile,
    });
    expect(code).toMatch(/^[\n\x20-\x7e]*$/);
    const plain = clientCode(library, { ...WEB, signingAlgorithm: "ES256" }).code;
    expect(code.split("\n").length).toBe(plain.split("\n").length);
  });
});

/** Names as a document may have them, and what breaks out of a literal, a comment or a line. */
const NAMES: readonly string[] = [
  "Acme",
  "",
  " ",
  '"',
  "'",
  "\\",
  '\\"',
  "\\\\'",
  '"""',
  "'''",
  '\\"""\\',
  "*/ alert(1) /*",
  "// x",
  "# x",
  "</script>",
  "\n",
  "\r\n",
  "\u0085\u2028\u2029",
  "\t\b\f\v",
  "\u0000",
  "\u0000" + "7",
  "\u001b[31m",
  "${process.exit(7)}",
  "`${1}`",
  "{name}",
  "%s%(a)s",
  "\\n",
  "\\u0041",
  "\\x41",
  "\\N{DIGIT ONE}",
  "\\101",
  "\u007f\u009f\u00a0\u00ad",
  "Ümläut",
  "عميل\u202e\u200f",
  "\u200d\ufeff",
  "😀",
  "👨‍👩‍👧",
  "\u{10ffff}",
  "__proto__",
  "a".repeat(5000),
];

describe("client code with any name", () => {
  const pieces = (code: string, pattern: RegExp): string => pattern.exec(code)?.[1] ?? "";
  const codeFor = (name: string, library: CodeLibrary): string =>
    clientCode(library, {
      clientId: `https://app.acme.dev/${name}`,
      name,
      scope: name,
      redirectUri: `https://app.acme.dev/${name}`,
      signingAlgorithm: name,
    }).code;

  it("has it unchanged in TypeScript that runs", () => {
    for (const name of NAMES) {
      const code = codeFor(name, "mcp-typescript-sdk");
      // Parses as a module, in which nothing but the name differs.
      for (const library of ["mcp-typescript-sdk", "mcp-typescript-sdk-1", "atproto"] as const)
        expect(() => stripTypeScriptTypes(codeFor(name, library)), name).not.toThrow();
      const literal = pieces(code, /client_name: (".*"),\n/);
      expect(runInNewContext(literal), JSON.stringify(name)).toBe(name);
      expect(runInNewContext(pieces(code, /const CLIENT_ID = (".*");\n/))).toBe(
        `https://app.acme.dev/${name}`,
      );
    }
  });

  it.skipIf(!PYTHON)("has it unchanged in Python that compiles", () => {
    const program = `
import ast, json, sys
found = []
for code in json.load(sys.stdin):
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    compile(code, "client.py", "exec")
    found.append({k.arg: ast.literal_eval(k.value) for c in calls for k in c.keywords if isinstance(k.value, ast.Constant)})
# Half a surrogate pair is a character of its own in Python, and none that UTF-8 can write.
sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode())
`;
    const codes = NAMES.flatMap((name) => [codeFor(name, "mcp-python-sdk"), codeFor(name, "fastmcp")]);
    const { stdout, stderr } = spawnSync(PYTHON, ["-c", program], {
      input: JSON.stringify(codes),
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    const found: unknown[] = JSON.parse(stdout);
    for (const [index, name] of NAMES.entries()) {
      const url = `https://app.acme.dev/${name}`;
      const scope = name === "" ? {} : { scope: name };
      expect(found[index * 2]).toMatchObject({ client_name: name, client_metadata_url: url, ...scope });
      expect(found[index * 2 + 1]).toMatchObject({ client_metadata_url: url });
    }
  });
});

describe("the redirect URI of a request", () => {
  it.each([
    ["http://127.0.0.1/callback", "http://127.0.0.1:8765/callback"],
    ["http://localhost:*/callback", "http://localhost:8765/callback"],
    ["http://[::1]/cb?x=1", "http://[::1]:8765/cb?x=1"],
    ["http://127.0.0.1", "http://127.0.0.1:8765"],
    ["http://localhost:3000/callback", "http://localhost:3000/callback"],
    ["https://app.acme.dev/callback", "https://app.acme.dev/callback"],
    ["dev.acme.app:/callback", "dev.acme.app:/callback"],
  ])("for %s is %s", (entry, expected) => {
    expect(requestedRedirectUri(entry)).toBe(expected);
  });
});
