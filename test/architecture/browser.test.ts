import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { describe, expect, it } from "vitest";
import { webExtension } from "../../client/scripts/build.mjs";
import { webLanguageServer } from "../../server/scripts/build.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Bundles for a browser, which fails on everything that only Node has, and says what went in and what stayed out. */
async function bundled(options: BuildOptions): Promise<{ inputs: string[]; external: string[] }> {
  const { metafile } = await build({
    ...options,
    platform: "browser",
    absWorkingDir: ROOT,
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const outputs = Object.values(metafile?.outputs ?? {});
  return {
    inputs: Object.keys(metafile?.inputs ?? {}),
    external: [...new Set(outputs.flatMap(({ imports }) => imports.map(({ path }) => path)))],
  };
}

/** Files for Node alone; a browser's bundle that has one of them has lost its way. */
const FOR_NODE = /undici|[/.]node(?:\/|\.js)?\b.*\.(?:ts|js)$|\/(?:desktop|privateKeyFile)\.ts$/;
/** The dialog of the client has the name of the language server's file. */
const FOR_BOTH = "client/src/create/privateKeyFile.ts";

describe("what a browser loads", () => {
  it("is, of the extension, one file that needs `vscode` alone", async () => {
    const { inputs, external } = await bundled(webExtension);
    expect(external).toEqual(["vscode"]);
    expect(inputs).toContain("client/src/activate.ts");
    expect(inputs.filter((file) => FOR_NODE.test(file) && file !== FOR_BOTH)).toEqual([]);
  });

  it("is, of the language server, one file with nothing of Node", async () => {
    const { inputs, external } = await bundled(webLanguageServer);
    expect(external).toEqual([]);
    expect(inputs).toContain("server/src/languageFeatures/hover.ts");
    expect(inputs).toContain("server/src/hosted/hostedCheck.ts");
    expect(inputs.filter((file) => FOR_NODE.test(file))).toEqual([]);
  });
});
