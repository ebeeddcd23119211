// npm run bench: the budgets of this project, each beside a public tool in the same run. Nothing fails here: a shared
// machine's times are read by people.
//
//   node test/bench/bench.mjs [PART…] [--write]
//
// PART is one of set, edits, startUp, memory, commandLine, shape, large, sizes; none: all. Prints a table; --write puts
// it into server/docs/speed.md as well.
import { spawnSync } from "node:child_process";
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
import { LONG_DOCUMENTS, publishedDocuments, REDIRECTS, redirectsDocument } from "./documents.mjs";
import { LspClient } from "./lspClient.mjs";
import { asText, machine, putInto } from "./report.mjs";
import { pairs, processorTime, spread, summary } from "./statistics.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(path.join(root, "server/package.json"));
const { checkDocument } = await import(path.join(root, "server/dist/index.js"));
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");
const { parse, parseTree } = require("jsonc-parser");
const schemaFile = path.join(root, "server/schema.json");
const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
const JSON_SERVICE = "vscode-json-languageservice, parse and validate";
const JSON_SERVER = "vscode-json-language-server";
const OURS = [path.join(root, "server/dist/languageServer.js"), "--stdio"];
const PEER = [
  path.join(root, "node_modules/vscode-langservers-extracted/bin/vscode-json-language-server"),
  "--stdio",
];

const documents = publishedDocuments();

/** @type {import("./report.mjs").Row[]} */
const rows = [];
/** @type {string[]} what could not be measured, and why */
const notes = [];

/**
 * @param {string} what @param {string} against
 * @param {number[]} ours @param {number[]} theirs
 * @param {import("./report.mjs").Budget} budget
 * @param {{ unit?: string, compared?: "median" | "p95" }} [options] `compared`: what of the values the ratio is of
 */
function addRatio(what, against, ours, theirs, budget, { unit = "ms", compared = "median" } = {}) {
  const [a, b] = [summary(ours), summary(theirs)];
  rows.push({
    what,
    unit,
    ours: a,
    against: { what: against, ...b },
    ratio: a[compared] / b[compared],
    compared,
    budget,
    noisy: ours.length > 3 && (spread(ours) > 0.5 || spread(theirs) > 0.5),
  });
}

/** @param {string} what @param {number} value @param {string} unit @param {number} most */
function addValue(what, value, unit, most) {
  rows.push({ what, unit, ours: { median: value }, budget: { value: most }, noisy: false });
}

async function set() {
  const service = getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: "bench://schema", fileMatch: ["*"], schema }] });
  const validate = async () => {
    for (const text of documents) {
      const document = TextDocument.create("file:///c.json", "json", 1, text);
      await service.doValidation(document, service.parseJSONDocument(document), {}, schema);
    }
  };
  const check = (options) => () => {
    for (const text of documents) checkDocument(text, options);
  };
  // Both run in this process, and a busy machine interrupts the longer of two more often: so the processor's time. The
  // engine's compilers would be counted too, and are done after some thousand documents.
  const options = { runs: 100, warmUp: 50, clock: processorTime };
  const rules = await pairs(check({ servers: "none" }), validate, options);
  addRatio("checkDocument, the forty, rules only", JSON_SERVICE, rules.a, rules.b, { ratio: 1.2 });
  const all = await pairs(check({}), validate, options);
  addRatio("checkDocument, the forty, all servers", JSON_SERVICE, all.a, all.b, { ratio: 4 });
}

/** @param {string[]} command @param {unknown} settings @returns {Promise<LspClient>} that has said which settings hold */
async function started(command, settings) {
  const client = new LspClient(command);
  await client.initialize();
  await client.initialized(settings);
  return client;
}

const startOurs = () => started(OURS, { cimd: {} });
const startPeer = () =>
  started(PEER, { json: { validate: { enable: true }, schemas: [{ fileMatch: ["*.json"], schema }] } });

/** @returns {string} the document of the set whose length is nearest */
function documentOf(bytes) {
  const distance = (text) => Math.abs(text.length - bytes);
  return documents.reduce((best, text) => (distance(text) < distance(best) ? text : best));
}

/** @returns {{ range: object, text: string }[][]} for each member, an edit of a value in it, and the edit that takes it back */
function memberEdits(text) {
  const lines = TextDocument.create("file:///c.json", "json", 1, text);
  return parseTree(text).children.map(({ children: [, value] }) => {
    let leaf = value;
    while (leaf.children) leaf = leaf.children.at(-1);
    const original = JSON.stringify(leaf.value);
    const changed = JSON.stringify(leaf.type === "string" ? `${leaf.value}x` : !leaf.value);
    const start = lines.positionAt(leaf.offset);
    const edit = (before, after) => ({
      range: { start, end: { ...start, character: start.character + before.length } },
      text: after,
    });
    return [edit(original, changed), edit(changed, original)];
  });
}

async function edits() {
  for (const [name, bytes] of [
    ["1 KB", 1000],
    ["5 KB", 5000],
  ]) {
    const text = documentOf(bytes);
    const members = memberEdits(text);
    const [ours, peer] = [await startOurs(), await startPeer()];
    await ours.open("file:///c.cimd.json", "cimd", text);
    await peer.open("file:///c.json", "json", text);
    const typing = (client, uri) => {
      let count = 0;
      return async () => {
        const { range, text } = members[Math.floor(count / 2) % members.length][count % 2];
        await client.change(uri, ++count + 1, range, text);
        await client.pull(uri);
      };
    };
    const times = await pairs(typing(ours, "file:///c.cimd.json"), typing(peer, "file:///c.json"), {
      runs: 10 * 2 * members.length,
      warmUp: 2 * 2 * members.length,
    });
    await Promise.all([ours.stop(), peer.stop()]);
    const what = `edit of each of ${members.length} members → diagnostics, p95, ${name}`;
    addRatio(what, JSON_SERVER, times.a, times.b, { ratio: 4, value: 16 }, { compared: "p95" });
  }
}

async function startUp() {
  const clients = [];
  const initialize = (command) => async () => {
    const client = new LspClient(command);
    clients.push(client);
    await client.initialize();
  };
  const initialized = await pairs(initialize(OURS), initialize(PEER), { runs: 9, warmUp: 2 });
  addRatio("spawn → initialize answered", JSON_SERVER, initialized.a, initialized.b, { ratio: 1 });

  const text = '{ "client_id": 1 }';
  const diagnose = (start, uri, languageId) => async () => {
    const client = await start();
    clients.push(client);
    await client.open(uri, languageId, text);
    const { items } = await client.pull(uri);
    if (items.length === 0) throw new Error(`No problems in ${uri}: the settings have not arrived.`);
  };
  const diagnosed = await pairs(
    diagnose(startOurs, "file:///c.cimd.json", "cimd"),
    diagnose(startPeer, "file:///c.json", "json"),
    { runs: 9, warmUp: 2 },
  );
  addRatio("spawn → first diagnostics", JSON_SERVER, diagnosed.a, diagnosed.b, { ratio: 1.25 });
  await Promise.all(clients.map((client) => client.stop()));
}

async function memory() {
  if (!existsSync("/proc/self/status")) {
    notes.push("Resident memory is measured on Linux only.");
    return;
  }
  const usual = documents.filter(({ length }) => length > 400 && length < 600);
  for (const [count, ratio] of [
    [10, 1.2],
    [200, 1.5],
  ]) {
    const resident = async (client, extension, languageId) => {
      for (let i = 0; i < count; i++) {
        const uri = `file:///${i}${extension}`;
        await client.open(uri, languageId, usual[i % usual.length]);
        await client.pull(uri);
      }
      const megabytes = client.residentBytes() / 1e6;
      await client.stop();
      return megabytes;
    };
    const [ours, theirs] = [[], []];
    // When garbage was last collected differs from run to run.
    for (let run = 0; run < 5; run++) {
      ours.push(await resident(await startOurs(), ".cimd.json", "cimd"));
      theirs.push(await resident(await startPeer(), ".json", "json"));
    }
    const what = `resident memory, ${count} open documents of 0.5 KB`;
    addRatio(what, JSON_SERVER, ours, theirs, { ratio }, { unit: "MB" });
  }
}

function isJson(text) {
  const errors = [];
  parse(text, errors);
  return errors.length === 0;
}

async function commandLine() {
  const folder = mkdtempSync(path.join(tmpdir(), "cimd-bench-"));
  const cimd = path.join(root, "server/dist/cimd.js");
  const ajv = path.join(root, "node_modules/ajv-cli/dist/index.js");
  /** Documents have problems, so 1 is as good as 0. */
  const node = (...args) => {
    const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: "ignore" });
    if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")} ended with ${status}.`);
  };
  const ajvOptions = ["--strict=false", "--spec=draft7", "--errors=no"];
  const validate = () => node(ajv, "validate", "-s", schemaFile, "-d", "files/*.json", ...ajvOptions);
  const compare = async (what, ratio, ...args) => {
    const check = () => node(cimd, "check", "files/*.json", ...args);
    const { a, b } = await pairs(check, validate, { runs: 3, warmUp: 1 });
    addRatio(`cimd check, 10,000 files, ${what}`, "ajv-cli", a, b, { ratio });
  };
  try {
    mkdirSync(path.join(folder, "files"));
    // ajv-cli gives up at the first file that is no JSON.
    const texts = documents.filter(isJson);
    for (let i = 0; i < 10_000; i++) {
      writeFileSync(path.join(folder, "files", `${i}.cimd.json`), texts[i % texts.length]);
    }
    await compare("rules only", 2.5, "--server", "none");
    const help = spawnSync(process.execPath, [cimd, "check", "--help"], { encoding: "utf8" }).stdout;
    if (help.includes("--verdicts")) {
      await compare("default group", 5, "--verdicts", "group");
      await compare("all servers", 9, "--verdicts", "all");
    } else {
      notes.push("cimd check of the default group is not measured: this build has no --verdicts.");
      await compare("all servers", 9);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How much longer one kind of redirect URI takes than another, and a long list than a short one, per byte. */
async function shape() {
  const lists = Object.keys(REDIRECTS).flatMap((kind) =>
    [4, 32, 128, 512].map((kilobytes, size) => {
      const text = redirectsDocument(kind, kilobytes * 1000);
      return { name: `${kind}, ${kilobytes} KB`, kind, kilobytes, size, text, times: [] };
    }),
  );
  for (let run = -5; run < 15; run++) {
    for (const { text, kilobytes, times } of lists) {
      const start = processorTime();
      checkDocument(text);
      if (run >= 0) times.push(((processorTime() - start) * 1000) / kilobytes);
    }
  }
  const ratio = ([slow, fast]) => summary(slow.times).median / summary(fast.times).median;
  const addWorst = (what, limit, isCompared) => {
    const compared = lists.flatMap((a) => lists.filter((b) => isCompared(a, b)).map((b) => [a, b]));
    const [slow, fast] = compared.reduce((worst, pair) => (ratio(pair) > ratio(worst) ? pair : worst));
    const options = { unit: "µs/KB" };
    addRatio(`${what}: ${slow.name}`, fast.name, slow.times, fast.times, { ratio: limit }, options);
  };
  addWorst("slowest kind of redirect", 4, (a, b) => a.size === b.size);
  addWorst("growth of a list of redirects", 1.2, (a, b) => a.kind === b.kind && a.size === b.size + 1);
}

/** @returns {{ name: string, text: string }} of what makes a document long, that which takes longest */
function slowest(bytes) {
  let worst = { milliseconds: 0 };
  for (const [name, make] of Object.entries(LONG_DOCUMENTS)) {
    const text = make(bytes);
    const start = performance.now();
    checkDocument(text);
    const milliseconds = performance.now() - start;
    if (milliseconds > worst.milliseconds) worst = { name, text, milliseconds };
  }
  return worst;
}

/** How long a person waits for the problems of a long document after an edit, and for a hover meanwhile: in it, in another. */
async function longWaits(text) {
  const client = await startOurs();
  const [small, long] = ["file:///small.cimd.json", "file:///long.cimd.json"];
  const hover = (uri) =>
    client.request("textDocument/hover", { textDocument: { uri }, position: { line: 1, character: 5 } });
  await client.open(small, "cimd", documentOf(1000));
  await client.pull(small);
  await hover(small);
  await client.open(long, "cimd", text);
  const name = { start: { line: 2, character: 18 }, end: { line: 2, character: 19 } };
  const waits = { check: [], [small]: [], [long]: [] };
  for (let run = 0; run < 10; run++) {
    await client.change(long, run + 2, name, "AB"[run % 2]);
    const start = performance.now();
    let checking = true;
    const checked = client.pull(long).then(() => {
      checking = false;
      waits.check.push(performance.now() - start);
    });
    const hovered = run % 2 === 0 ? small : long;
    let slowestHover = 0;
    while (checking) {
      const asked = performance.now();
      await hover(hovered);
      slowestHover = Math.max(slowestHover, performance.now() - asked);
    }
    waits[hovered].push(slowestHover);
    await checked;
  }
  await client.stop();
  return { check: summary(waits.check), inAnother: summary(waits[small]), inIt: summary(waits[long]) };
}

async function large() {
  const mebibyte = 1024 * 1024;
  const worst = slowest(mebibyte);
  const waits = await longWaits(worst.text);
  addValue(`worst 1 MiB document (${worst.name}): edit → diagnostics`, waits.check.median, "ms", 2000);
  addValue("slowest hover in another document meanwhile", waits.inAnother.median, "ms", 400);
  addValue("slowest hover in it meanwhile", waits.inIt.median, "ms", 400);
  const above = slowest(mebibyte + 10_000);
  const { check } = await longWaits(above.text);
  addValue(`worst document above 1 MiB (${above.name}): edit → diagnostics`, check.median, "ms", 100);
}

function sizes() {
  const kilobytes = (...files) => files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000;
  const packaged = readdirSync(root).find((name) => name.endsWith(".vsix"));
  if (packaged) addValue("VSIX file", kilobytes(path.join(root, packaged)), "KB", 2500);
  else notes.push("The VSIX is measured after `npm run package`.");
  const loaded = ["extension.cjs", "messages.cjs"].map((file) => path.join(root, "client/dist", file));
  addValue("loaded by an editor without a client metadata document", kilobytes(...loaded), "KB", 80);
}

const PARTS = { set, edits, startUp, memory, commandLine, shape, large, sizes };
const where = machine();
const only = process.argv.slice(2).filter((argument) => argument in PARTS);
for (const [name, part] of Object.entries(PARTS)) {
  if (only.length > 0 && !only.includes(name)) continue;
  process.stderr.write(`bench: ${name}\n`);
  await part();
}

const text = asText(where, rows, notes);
console.log(text);
if (process.argv.includes("--write")) putInto(path.join(root, "server", "docs", "speed.md"), text);
