import { defineConfig } from "vitest/config";

/** `npm run pictures`: makes the pictures of the README and of the walkthrough. */
export default defineConfig({
  test: {
    root: "test/vscode",
    include: ["pictures/pictures.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
