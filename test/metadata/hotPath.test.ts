import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("looks names up without loading zod or anything else from npm", async () => {
  const { metafile } = await build({
    stdin: {
      contents:
        'export * from "./fields.js"; export * from "./serverMetadata.js"; export * from "./describe.js";',
      resolveDir: fileURLToPath(new URL("../../server/src/metadata", import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.some((input) => input.endsWith("metadata/rfc7591.ts"))).toBe(true);
  expect(inputs.filter((input) => input.includes("node_modules"))).toEqual([]);
});
