import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // Cloudflare's library imports a module that only the Workers runtime has.
  resolve: {
    alias: {
      "cloudflare:workers": fileURLToPath(
        new URL("servers/support/cloudflareWorkersModule.ts", import.meta.url),
      ),
    },
  },
  test: {
    root: "test",
    include: ["**/*.test.ts"],
    exclude: ["vscode/**", "**/node_modules/**"],
    setupFiles: ["./setup.ts"],
    // A test that asserts nothing cannot fail.
    expect: { requireAssertions: true },
    testTimeout: 20_000,
    pool: "threads",
    server: {
      deps: {
        inline: [/workers-oauth-provider/, /jsonc-parser/, /vscode-json-languageservice/],
      },
    },
  },
});
