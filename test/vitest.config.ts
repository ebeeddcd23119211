import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: "test",
    include: ["**/*.test.ts"],
    exclude: ["vscode/**", "**/node_modules/**"],
    testTimeout: 20_000,
    pool: "threads",
    server: { deps: { inline: [/jsonc-parser/, /vscode-json-languageservice/] } },
  },
});
