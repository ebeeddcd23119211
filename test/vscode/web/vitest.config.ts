import { defineConfig } from "vitest/config";

/** The extension in VS Code's web worker extension host, one window at a time. */
export default defineConfig({
  test: {
    root: "test/vscode",
    include: ["web/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
