// Loaded into a language server's process before it starts: when the process ends, writes which files it has read into the
// file that BENCH_LOADED names, one a line.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  writeFileSync(process.env["BENCH_LOADED"], Object.keys(require.cache).join("\n"));
});
