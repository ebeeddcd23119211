// Says which engines on npm are newer than the version that a server profile was read at. Needs the registry, so it is no
// test: run it now and then, `node test/servers/newerEngines.mjs`. Exit code 1 when at least one profile is behind.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Engines that a profile or a client library is held against, by the name of their package. */
const ENGINES = [
  "oidc-provider",
  "@cloudflare/workers-oauth-provider",
  "@better-auth/cimd",
  "@better-auth/oauth-provider",
  "@atproto/oauth-types",
  "@atproto/oauth-provider",
  "@modelcontextprotocol/sdk",
];

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const manifest = JSON.parse(await readFile(`${root}/package.json`, "utf8"));

let behind = 0;
for (const name of ENGINES) {
  const read = manifest.devDependencies[name];
  if (!read) throw new Error(`${name} is not among the dev dependencies.`);
  const { stdout } = await run("npm", ["view", name, "dist-tags", "--json"], { cwd: root });
  const { latest } = JSON.parse(stdout);
  const current = latest === read.replace(/^[\^~]/, "");
  if (!current) behind++;
  console.log(`${name}: read at ${read}, newest on npm ${latest}${current ? "" : "  <- read the changes"}`);
}
process.exitCode = behind > 0 ? 1 : 0;
