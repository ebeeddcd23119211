import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClientFacts, clientCode, requestedRedirectUri } from "../../server/src/create/clientCode.js";
import { CODE_LIBRARIES } from "../../server/src/create/codeLibraries.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FACTS: ClientFacts = {
  clientId: "https://app.acme.dev/oauth/client.cimd.json",
  name: "Acme Notes",
  scope: "",
  redirectUri: "http://127.0.0.1/callback",
};
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
      (["mcp-typescript-sdk", "atproto"] as const).map((library) => ({
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
    expect(clientCode("mcp-typescript-sdk", SIGNING).code).toContain('alg: "ES256"');
    expect(clientCode("mcp-typescript-sdk", FACTS).code).not.toContain("privateKey");
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
