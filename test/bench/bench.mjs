// npm run bench: the budgets of this project, each beside a public tool in the same run. Nothing fails here: a shared
// machine's times are read by people.
//
//   node test/bench/bench.mjs [PART…] [--json] [--write]
//
// PART is one of inProcess, startUp, edits, hovers, memory, commandLine, sizes; none: all. Prints a table, or JSON with --json;
// --write puts the table into server/docs/speed.md as well.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { documentOf } from "./documents.mjs";
import { LspClient } from "./lspClient.mjs";
import { asJson, asText, machine, putInto } from "./report.mjs";
import { pairs, processorTime, spread, summary } from "./statistics.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(path.join(root, "server/package.json"));
const { checkDocument } = await import(path.join(root, "server/dist/index.js"));
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");
const schemaFile = path.join(root, "server/schema.json");
const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
const OURS = [path.join(root, "server/dist/languageServer.js"), "--stdio"];
const PEER = [
  path.join(root, "node_modules/vscode-langservers-extracted/bin/vscode-json-language-server"),
  "--stdio",
];
const PEER_SETTINGS = { json: { validate: { enable: true }, schemas: [{ fileMatch: ["*.json"], schema }] } };

/** @type {import("./report.mjs").Row[]} */
const rows = [];

/** @param {"median" | "p95"} [compared] what of the values the ratio is of */
function addRatio(what, against, ours, theirs, limit, unit = "ms", compared = "median") {
  const [a, b] = [summary(ours), summary(theirs)];
  rows.push({
    what,
    unit,
    ours: a,
    against: { what: against, ...b },
    ratio: a[compared] / b[compared],
    limit,
    noisy: ours.length > 3 && (spread(ours) > 0.5 || spread(theirs) > 0.5),
  });
}

/** So many runs of each before the measured ones, where a run takes milliseconds. */
const WARM_UP = 1000;

const JSON_SERVICE = "vscode-json-languageservice, parse and validate";

async function inProcess() {
  const service = getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: "bench://schema", fileMatch: ["*"], schema }] });
  const validate = async (text) => {
    const document = TextDocument.create("file:///c.json", "json", 1, text);
    await service.doValidation(document, service.parseJSONDocument(document), {}, schema);
  };
  const sizes = [
    ["0.5 KB", 500, 300, 3, 12],
    ["5 KB", 5000, 200, 3, 12],
    ["50 KB", 50_000, 100, 1, 3],
    ["5 MB", 5_000_000, 5, 1, 3],
  ];
  for (const [name, bytes, runs, rulesOnly, allServers] of sizes) {
    const text = documentOf(bytes);
    // Both run in this process, and a busy machine interrupts the longer of two more often. The engine's compilers, which run
    // beside them and would be counted too, are done after some hundreds of runs; what is not compiled yet is in the rows of programs.
    const options = { runs, warmUp: bytes > 1e6 ? 1 : WARM_UP, clock: processorTime };
    const rules = await pairs(
      () => checkDocument(text, { servers: "none" }),
      () => validate(text),
      options,
    );
    addRatio(`checkDocument, rules only, ${name}`, JSON_SERVICE, rules.a, rules.b, rulesOnly);
    const all = await pairs(
      () => checkDocument(text),
      () => validate(text),
      options,
    );
    addRatio(`checkDocument, all servers, ${name}`, JSON_SERVICE, all.a, all.b, allServers);
  }
  // As many small documents as make a large one, in turns with it, so that both meet the same machine.
  const large = documentOf(5_000_000);
  const small = documentOf(50_000);
  const perLarge = Math.round(large.length / small.length);
  for (const [what, choice] of [
    ["rules only", { servers: "none" }],
    ["all servers", {}],
  ]) {
    const { a, b } = await pairs(
      () => checkDocument(large, choice),
      () => {
        for (let i = 0; i < perLarge; i++) checkDocument(small, choice);
      },
      { runs: 9, warmUp: 1, clock: processorTime },
    );
    addRatio(`growth to 5 MB, ${what}`, `${perLarge} documents of 50 KB`, a, b, 1.2);
  }
}

async function startUp() {
  const start = async (command) => {
    const client = new LspClient(command, {});
    await client.initialize();
    return client;
  };
  const stop = [];
  const times = await pairs(
    async () => stop.push(await start(OURS)),
    async () => stop.push(await start(PEER)),
    { runs: 9, warmUp: 2 },
  );
  await Promise.all(stop.map((client) => client.stop()));
  addRatio("spawn → initialize answered", "vscode-json-language-server", times.a, times.b, 1);
}

/** Opens the same text in both servers; ours as `cimd`, the peer's as `json`. */
async function both() {
  const ours = new LspClient(OURS, {});
  const peer = new LspClient(PEER, {});
  await ours.initialize();
  await peer.initialize();
  await ours.initialized({ cimd: {} });
  await peer.initialized(PEER_SETTINGS);
  return { ours, peer };
}

/** Where the name begins that the edits change. */
function firstLetterOfName(text) {
  const line = text.split("\n").findIndex((found) => found.includes('"client_name"'));
  return { start: { line, character: 18 }, end: { line, character: 19 } };
}

async function edits() {
  const { ours, peer } = await both();
  const text = documentOf(5000);
  const range = firstLetterOfName(text);
  await ours.open("file:///c.cimd.json", "cimd", text);
  await peer.open("file:///c.json", "json", text);
  let version = 1;
  const edit = (client, uri) => async () => {
    await client.change(uri, ++version, range, version % 2 === 0 ? "B" : "A");
    await client.pull(uri);
  };
  const times = await pairs(edit(ours, "file:///c.cimd.json"), edit(peer, "file:///c.json"), {
    runs: 200,
    warmUp: 40,
  });
  await Promise.all([ours.stop(), peer.stop()]);
  addRatio(
    "edit → diagnostics, p95, 5 KB",
    "vscode-json-language-server",
    times.a,
    times.b,
    1.5,
    "ms",
    "p95",
  );
}

/** How long a person waits for a hover in one document while the check of another, huge one goes on. */
async function hovers() {
  const client = new LspClient(OURS, {});
  await client.initialize();
  await client.initialized({ cimd: {} });
  const [small, huge] = ["file:///small.cimd.json", "file:///huge.cimd.json"];
  const text = documentOf(5_000_000);
  await client.open(small, "cimd", documentOf(500));
  await client.pull(small);
  const hover = () =>
    client.request("textDocument/hover", {
      textDocument: { uri: small },
      position: { line: 1, character: 5 },
    });
  await hover();
  await client.open(huge, "cimd", text);
  const range = firstLetterOfName(text);
  const times = [];
  for (let version = 2; version < 12; version++) {
    let checking = true;
    const checked = client.pull(huge).then(() => {
      checking = false;
    });
    while (checking) {
      const start = performance.now();
      await hover();
      if (checking) times.push(performance.now() - start);
    }
    await checked;
    await client.change(huge, version, range, version % 2 === 0 ? "B" : "A");
  }
  await client.stop();
  rows.push({
    what: "hover while a 5 MB document is checked, p95",
    unit: "ms",
    ours: summary(times),
    compared: "p95",
    limit: 50,
    noisy: false,
  });
}

async function memory() {
  if (!existsSync("/proc/self/status")) return;
  const text = documentOf(5000);
  const megabytes = { ours: [], peer: [] };
  // When garbage was last collected differs from run to run.
  for (let run = 0; run < 5; run++) {
    const { ours, peer } = await both();
    for (let i = 0; i < 200; i++) {
      await ours.open(`file:///${i}.cimd.json`, "cimd", text);
      await peer.open(`file:///${i}.json`, "json", text);
      await ours.pull(`file:///${i}.cimd.json`);
      await peer.pull(`file:///${i}.json`);
    }
    megabytes.ours.push(ours.residentBytes() / 1e6);
    megabytes.peer.push(peer.residentBytes() / 1e6);
    await Promise.all([ours.stop(), peer.stop()]);
  }
  addRatio(
    "resident memory, 200 open documents",
    "vscode-json-language-server",
    megabytes.ours,
    megabytes.peer,
    1,
    "MB",
  );
}

async function commandLine() {
  const folder = mkdtempSync(path.join(tmpdir(), "cimd-bench-"));
  try {
    const files = path.join(folder, "files");
    mkdirSync(files);
    const text = documentOf(500);
    for (let i = 0; i < 10_000; i++) writeFileSync(path.join(files, `${i}.cimd.json`), text);
    const node = (...args) =>
      execFileSync(process.execPath, args, {
        cwd: folder,
        stdio: ["ignore", "ignore", "inherit"],
        maxBuffer: 1e9,
      });
    const cimd = path.join(root, "server/dist/cimd.js");
    const ajv = path.join(root, "node_modules/ajv-cli/dist/index.js");
    const validate = () =>
      node(
        ajv,
        "validate",
        "-s",
        schemaFile,
        "-d",
        "files/*.json",
        "--strict=false",
        "--spec=draft7",
        "--errors=no",
      );
    const rules = await pairs(() => node(cimd, "check", "files/*.json", "--server", "none"), validate, {
      runs: 3,
      warmUp: 1,
    });
    addRatio("cimd check, 10,000 files, rules only", "ajv-cli", rules.a, rules.b, 3);
    const all = await pairs(() => node(cimd, "check", "files/*.json"), validate, { runs: 3, warmUp: 1 });
    addRatio("cimd check, 10,000 files, all servers", "ajv-cli", all.a, all.b, 12);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sizes() {
  const add = (what, files, limit) => {
    if (!files.every((file) => existsSync(file))) return;
    const size = files.reduce((sum, file) => sum + statSync(file).size, 0);
    rows.push({ what, unit: "KB", ours: { median: size / 1000 }, limit, noisy: false });
  };
  const dist = path.join(root, "client/dist");
  const eager = ["extension.cjs", "messages.cjs"].map((file) => path.join(dist, file));
  add("loaded by an editor without a client metadata document", eager, 80);
  // `npm run package` makes it.
  const packaged = readdirSync(root).find((name) => name.endsWith(".vsix"));
  if (packaged) add("VSIX file", [path.join(root, packaged)], 2500);
}

const PARTS = { inProcess, startUp, edits, hovers, memory, commandLine, sizes };
const where = machine();
const only = process.argv.slice(2).filter((argument) => argument in PARTS);
for (const [name, part] of Object.entries(PARTS)) {
  if (only.length > 0 && !only.includes(name)) continue;
  process.stderr.write(`bench: ${name}\n`);
  await part();
}

console.log(process.argv.includes("--json") ? asJson(where, rows) : asText(where, rows));
if (process.argv.includes("--write"))
  putInto(path.join(root, "server", "docs", "speed.md"), asText(where, rows));
