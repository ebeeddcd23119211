// Writes the files that are made, wholly or in part: server/schema.json, snippets/cimd.json, server/src/uri/confusables.data.ts,
// server/src/servers/proofs.ts, the pages of server/docs, the rule and server ids in package.json and the titles of the rules in package.nls*.json. With --check nothing is written, and the exit code is 1 when a
// file is not what its sources give.

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { confusablesModule } from "./confusables.mjs";
import { rulesPage, serversPage } from "./docs.mjs";
import { proofsModule, readProofs } from "./proofs.mjs";

const server = fileURLToPath(new URL("..", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Loads a TypeScript module beside this one by bundling it in memory. */
async function load(module) {
  const { outputFiles } = await build({
    entryPoints: [path.join(server, "scripts", module)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    logLevel: "warning",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/** @returns {Promise<{ file: string, text: string }[]>} each generated file with the text it should have */
export async function generatedFiles() {
  const catalogue = await load("catalogue.ts");
  const { clientMetadataJsonSchema, CLIENT_LIBRARIES, evaluate, groups, RULES, SERVERS, TYPICAL_DOCUMENTS } =
    catalogue;
  const manifest = path.join(root, "package.json");
  const proofs = readProofs(root);
  return [
    {
      file: path.join(server, "schema.json"),
      text: `${JSON.stringify(clientMetadataJsonSchema(), null, 2)}\n`,
    },
    { file: path.join(root, "snippets", "cimd.json"), text: snippetsText(catalogue) },
    { file: path.join(server, "src", "uri", "confusables.data.ts"), text: confusablesModule() },
    { file: path.join(server, "src", "servers", "proofs.ts"), text: proofsModule(proofs) },
    { file: path.join(server, "docs", "rules.md"), text: rulesPage(RULES) },
    {
      file: path.join(server, "docs", "servers.md"),
      text: serversPage({
        servers: SERVERS,
        libraries: CLIENT_LIBRARIES,
        documents: TYPICAL_DOCUMENTS,
        proofs,
        evaluate,
        groups,
      }),
    },
    { file: manifest, text: manifestText(await readFile(manifest, "utf8"), RULES, SERVERS, groups.GROUPS) },
    ...(await manifestTexts(RULES)),
  ];
}

/**
 * Whole documents for VS Code's "Insert Snippet" and "Fill File with Snippet". They have no prefix, because VS Code would offer
 * them everywhere: in an empty document the language server completes them.
 */
function snippetsText({ DOCUMENT_SNIPPETS, snippetText }) {
  const snippets = DOCUMENT_SNIPPETS.map((snippet) => {
    const { label, description } = snippet;
    return [label, { isFileTemplate: true, description, body: snippetText(snippet).split("\n") }];
  });
  return `${JSON.stringify(Object.fromEntries(snippets), null, 2)}\n`;
}

/** The manifest's texts in English and in every language that has a bundle in client/l10n. */
async function manifestTexts(rules) {
  const bundles = path.join(root, "client", "l10n");
  const files = [{ file: path.join(root, "package.nls.json"), translate: (title) => title }];
  for (const name of (await readdir(bundles)).sort()) {
    const language = /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1];
    if (language === undefined) continue;
    const texts = JSON.parse(await readFile(path.join(bundles, name), "utf8"));
    files.push({
      file: path.join(root, `package.nls.${language}.json`),
      translate: (title) => texts[title] ?? title,
    });
  }
  return Promise.all(
    files.map(async ({ file, translate }) => ({
      file,
      text: titlesText(await readFile(file, "utf8"), rules, translate),
    })),
  );
}

/** Lists the known groups and ids in the settings' schemas, so that the settings editor completes and checks them. */
function manifestText(text, rules, servers, groups) {
  const manifest = JSON.parse(text);
  const settings = manifest.contributes.configuration.properties;
  settings["cimd.servers"].items = {
    type: "string",
    enum: [...groups, ...servers.map(({ id }) => id)],
    enumDescriptions: [
      ...groups.map((group) => `%configuration.servers.${group}%`),
      ...servers.map(({ name, version }) => `${name} (${version})`),
    ],
  };
  settings["cimd.preview.server"].enum = ["specification", ...servers.map(({ id }) => id)];
  settings["cimd.preview.server"].enumDescriptions = [
    "%configuration.preview.server.specification%",
    ...servers.map(({ name, version }) => `${name} (${version})`),
  ];
  settings["cimd.rules"].propertyNames.pattern = rulePattern(rules.map(({ id }) => id));
  // Names for completion; what a value may be stands once, in allOf, which sees named ones too.
  settings["cimd.rules"].properties = Object.fromEntries(
    rules.map(({ id }) => [id, { description: `%${titleKey(id)}%` }]),
  );
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Ids of rules, and globs that begin as one does. */
function rulePattern(ids) {
  const fields = [...new Set(ids.map((id) => id.slice(0, id.indexOf("/"))))];
  return `^(?:[*].*|[a-z-]*[*].*|(?:${fields.join("|")})/[a-z0-9-]*[*].*|${ids.join("|")})$`;
}

/** Puts the titles of the rules behind the other texts of the manifest in a language. */
function titlesText(text, rules, translate) {
  const others = Object.entries(JSON.parse(text)).filter(([key]) => !key.startsWith(titleKey("")));
  const titles = rules.map(({ id, title }) => [titleKey(id), translate(title)]);
  return `${JSON.stringify(Object.fromEntries([...others, ...titles]), null, 2)}\n`;
}

/** Under which a language's texts have the title of a rule. */
function titleKey(id) {
  return `rule.${id}`;
}

/** @returns {Promise<string[]>} the generated files that are missing or out of date */
export async function staleFiles() {
  const stale = [];
  for (const { file, text } of await generatedFiles()) {
    const found = await readFile(file, "utf8").catch((error) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (found !== text) stale.push(file);
  }
  return stale;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--check")) {
    const stale = await staleFiles();
    for (const file of stale)
      console.error(`${path.relative(process.cwd(), file)} is out of date: run npm run generate.`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    for (const { file, text } of await generatedFiles()) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      console.log(`generate: wrote ${path.relative(process.cwd(), file)}`);
    }
  }
}
