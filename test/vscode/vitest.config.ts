import { defineConfig } from "vitest/config";

/** The end-to-end suite drives one VS Code at a time, and a person's steps take seconds. */
export default defineConfig({
  test: {
    root: "test/vscode",
    include: ["e2e/**/*.test.ts", "installed/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
