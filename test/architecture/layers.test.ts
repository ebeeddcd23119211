import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../server/src/", import.meta.url));

/** Folders whose code runs in Node, a web worker and the command line alike, and does no I/O. */
const PURE = [
  "localisation",
  "document",
  "uri",
  "specifications",
  "metadata",
  "redirects",
  "rules",
  "servers",
  "check",
  "views",
  "languageFeatures",
  "create",
];

/** Which folders of `server/src` each pure folder may import from, besides itself: one direction, no way back. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  localisation: [],
  uri: [],
  redirects: ["uri"],
  document: ["redirects", "uri"],
  specifications: [],
  metadata: ["specifications"],
  rules: ["document", "redirects", "uri", "metadata", "specifications"],
  servers: ["document", "redirects", "uri", "metadata"],
  check: ["document", "rules", "servers"],
  create: ["document", "metadata", "redirects", "uri"],
  views: ["document", "redirects", "rules", "servers", "uri", "check"],
  languageFeatures: [
    "document",
    "metadata",
    "redirects",
    "rules",
    "servers",
    "check",
    "uri",
    "create",
    "views",
  ],
};

const FORBIDDEN =
  /^(?:vscode$|vscode-languageclient|vscode-languageserver(?:\/|$)|vscode-jsonrpc|node:|undici)/;
const FORBIDDEN_GLOBALS =
  /(?<![.\w])(?:process|require|fetch|XMLHttpRequest|WebSocket|setTimeout|setInterval|Buffer|globalThis)\s*[.(]/;
const IMPORT =
  /^\s*(?:import|export)\b[^"';]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|^\s*import\s+"([^"]+)"/gm;

function files(folder: string): string[] {
  return readdirSync(path.join(SRC, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.join(folder, name));
}

function imports(file: string): string[] {
  const text = readFileSync(path.join(SRC, file), "utf8");
  return [...text.matchAll(IMPORT)].map((found) => found[1] ?? found[2] ?? found[3] ?? "");
}

describe.each(PURE)("server/src/%s", (folder) => {
  it.each(files(folder))("%s imports nothing of an editor, of Node or of the network", (file) => {
    expect(imports(file).filter((name) => FORBIDDEN.test(name))).toEqual([]);
  });

  it.each(files(folder))("%s uses no global of a platform", (file) => {
    // In one pass: a comment may hold quotes, and a string what begins a comment.
    const code = readFileSync(path.join(SRC, file), "utf8").replace(
      /\/\*[\s\S]*?\*\/|\/\/.*$|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gm,
      '""',
    );
    expect(FORBIDDEN_GLOBALS.exec(code)?.[0]).toBeUndefined();
  });

  it("imports only from the folders it rests on", () => {
    const allowed = new Set([folder, "localisation", "table.js", ...(MAY_IMPORT[folder] ?? [])]);
    const strays = files(folder).flatMap((file) =>
      imports(file)
        .filter((name) => name.startsWith("."))
        .map((name) => path.join(path.dirname(file), name).split(path.sep)[0] ?? "")
        .filter((target) => !allowed.has(target))
        .map((target) => `${file} → ${target}`),
    );
    expect(strays).toEqual([]);
  });
});

describe("values of a document", () => {
  /** `URL.parse` of a server written in JavaScript makes a string of whatever it is given. */
  const MAY = new Set([
    path.join("servers", "behaviours", "whatwgUrl.ts"),
    path.join("document", "valueText.ts"),
  ]);

  it("become text through describeValue", () => {
    const calls = PURE.filter((folder) => folder !== "localisation")
      .flatMap(files)
      .filter(
        (file) => !MAY.has(file) && /(?<![.\w])String\(/.test(readFileSync(path.join(SRC, file), "utf8")),
      );
    expect(calls).toEqual([]);
  });
});

describe("undici", () => {
  it("is imported by the Node fetcher only", () => {
    const users = readdirSync(SRC, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .filter((name) => imports(name).includes("undici"));
    expect(users).toEqual([path.join("hosted", "node", "request.ts")]);
  });
});

describe("the rehearsal", () => {
  const all = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

  it("alone imports oidc-provider", () => {
    expect(all.filter((name) => imports(name).includes("oidc-provider"))).toEqual([
      path.join("rehearsal", "authorizationServer.ts"),
      path.join("rehearsal", "memoryAdapter.ts"),
    ]);
  });

  it("is loaded with its first use", () => {
    const users = all
      .filter((name) => !name.startsWith(`rehearsal${path.sep}`))
      .filter((name) => {
        const code = readFileSync(path.join(SRC, name), "utf8");
        return /^import (?!type\b)[^;]*"[^"]*\/rehearsal\/[^"]*"/m.test(code);
      });
    expect(users).toEqual([]);
  });
});
