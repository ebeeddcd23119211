import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { appRoutes, FRAMEWORKS } from "../../server/src/create/appRoutes.js";
import { hostingConfiguration } from "../../server/src/create/hostingConfiguration.js";

const ROOT_FOLDER = fileURLToPath(new URL("../..", import.meta.url));
const PATHS = ["/.well-known/client.cimd.json", "/oauth/jwks.json"];
const FILE = "public/notes.cimd.json";
const KEYS = '{ "keys": [] }';
const TEXT = '{ "client_name": "Äcme" }\n';

let folder: string;
const applications: ChildProcess[] = [];

beforeAll(async () => {
  // Below the repository, so that its packages are found.
  await mkdir(path.join(ROOT_FOLDER, ".cache"), { recursive: true });
  folder = await mkdtemp(path.join(ROOT_FOLDER, ".cache", "routes-"));
  await mkdir(path.join(folder, "public"));
  await writeFile(path.join(folder, FILE), TEXT);
  await writeFile(path.join(folder, "public", "jwks.json"), KEYS);
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  for (const application of applications.splice(0)) application.kill();
});

/** Starts an application with nothing but the routes, which are run as they are pasted; resolves to its address. */
async function start(framework: "express" | "hono", before: string, listener: string): Promise<string> {
  const routes = hostingConfiguration(framework, PATHS, "", FILE);
  const listen = `const server = createServer(${listener}).listen(0, "127.0.0.1", () => console.log(server.address().port));`;
  const program = `import { createServer } from "node:http";\n${before}\n${routes}\n${listen}\n`;
  await writeFile(path.join(folder, `${framework}.mjs`), program);
  const application = spawn(process.execPath, [`${framework}.mjs`], { cwd: folder });
  applications.push(application);
  const [port] = await once(application.stdout, "data");
  return `http://127.0.0.1:${String(port).trim()}`;
}

describe.each([
  ["express", 'import express from "express";\nconst app = express();', "app"],
  [
    "hono",
    'import { getRequestListener } from "@hono/node-server";\nimport { Hono } from "hono";\nconst app = new Hono();',
    "getRequestListener(app.fetch)",
  ],
] as const)("a route of %s", (framework, before, listener) => {
  it("serves the files as JSON for an hour, without cookies", async () => {
    const base = await start(framework, before, listener);
    for (const [index, text] of [TEXT, KEYS].entries()) {
      const response = await fetch(`${base}${PATHS[index]}`);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toMatch(/^application\/json(?:; charset=utf-8)?$/);
      expect(response.headers.get("cache-control")).toBe("public, max-age=3600");
      expect(response.headers.get("set-cookie")).toBeNull();
      expect(await response.text()).toBe(text);
    }
  });
});

describe("the routes of others", () => {
  const written = (framework: (typeof FRAMEWORKS)[number]) =>
    appRoutes(framework, [{ path: "/oauth/client.cimd.json", file: FILE }]);

  it.each(FRAMEWORKS)("of %s name path, file and cache lifetime", (framework) => {
    const text = written(framework);
    for (const part of ["/oauth/client.cimd.json", FILE, "public, max-age=3600"])
      expect(text).toContain(part);
    expect(text).toMatch(/application\/json|Response\.json/);
  });

  it("are what the frameworks document", () => {
    expect(written("nextjs")).toContain("// app/oauth/client.cimd.json/route.ts\n");
    expect(written("laravel")).toContain("->withoutMiddleware('web');");
    expect(written("rails")).toContain("format: false, to: ->(_env) {");
    expect(written("fastapi")).toContain('media_type="application/json"');
  });

  it("never hold a file name that could end a literal", () => {
    for (const file of ['a"); evil("', "it's.json", "../secret.json", "a b.json", "${x}.json", ""]) {
      for (const framework of FRAMEWORKS) {
        const text = hostingConfiguration(framework, ["/oauth/client.cimd.json"], "", file);
        expect(text).toBe(
          hostingConfiguration(framework, ["/oauth/client.cimd.json"], "", "client.cimd.json"),
        );
      }
    }
  });
});
