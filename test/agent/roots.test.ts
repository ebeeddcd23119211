import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, connect, ERAS } from "./connect.js";

const DOCUMENT = '{ "client_id": "http://app.acme.dev/oauth/client", "client_name": "SECRET" }';

let base = "";
const place = (...names: string[]) => path.join(base, ...names);
const uri = (...names: string[]) => pathToFileURL(place(...names)).href;

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), "cimd-roots-")));
  for (const folder of ["shared", "shared/sub", "second", "outside", "shared-too"]) mkdirSync(place(folder));
  for (const file of [
    "shared/a.cimd.json",
    "second/b.cimd.json",
    "outside/c.cimd.json",
    "shared-too/d.cimd.json",
  ])
    writeFileSync(place(file), DOCUMENT);
  symlinkSync(place("outside/c.cimd.json"), place("shared/file.cimd.json"));
  symlinkSync(place("outside"), place("shared/folder"));
  symlinkSync(place("shared/a.cimd.json"), place("shared/sub/inside.cimd.json"));
  symlinkSync(place("shared"), place("alias"));
  symlinkSync(place("outside/hidden-name"), place("shared/nowhere"));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe.each(ERAS)("a path, for a client that opens the connection as %s", (era) => {
  const check = async (given: string, ...roots: string[]) =>
    call(await connect({ era, roots }), "check_document", { path: given });

  it("below a root is read: relative, absolute, by a link that stays inside, in the second root", async () => {
    const roots = [uri("shared"), uri("second")];
    for (const given of ["a.cimd.json", place("shared/a.cimd.json"), "sub/inside.cimd.json", "b.cimd.json"]) {
      const { isError, text } = await check(given, ...roots);
      expect(isError, given).toBe(false);
      expect(text).toContain("[client-id/https]");
      expect(text).toContain(`${given}:1:`);
    }
  });

  it("below a root that is itself a link is read by either name", async () => {
    for (const folder of ["alias", "shared"])
      expect((await check(place(folder, "a.cimd.json"), uri("alias"))).isError).toBe(false);
  });

  it.each([
    ["an absolute path outside", () => place("outside/c.cimd.json")],
    ["one that climbs out", () => "../outside/c.cimd.json"],
    ["a folder whose name begins alike", () => place("shared-too/d.cimd.json")],
    ["a link to a file outside", () => "file.cimd.json"],
    ["a file behind a link to a folder outside", () => "folder/c.cimd.json"],
    ["a file outside that does not exist", () => place("outside/nothing.json")],
  ])("%s is refused, and nothing of it is told", async (_what, given) => {
    const { isError, text } = await check(given(), uri("shared"));
    expect(isError).toBe(true);
    expect(text).toContain("is not below a folder that this client shares");
    expect(text).not.toContain("SECRET");
  });

  it("that is a folder, or not there, is told", async () => {
    expect((await check("sub", uri("shared"))).text).toContain("is a folder");
    expect((await check("none.json", uri("shared"))).text).toContain("Name a file that exists");
  });

  it("that is a link to nothing tells nothing of where it leads", async () => {
    const { isError, text } = await check("nowhere", uri("shared"));
    expect(isError).toBe(true);
    expect(text).toContain("`nowhere` cannot be read: `ENOENT`");
    expect((await check("nowhere/x", uri("shared"))).text).not.toContain("hidden-name");
  });

  it("is not read where no root is a folder of this machine", async () => {
    for (const roots of [[], ["https://acme.dev/"], ["file://elsewhere%2f"], [uri("nowhere")]]) {
      const { isError } = await check(place("outside/c.cimd.json"), ...roots);
      expect(isError).toBe(true);
    }
  });

  it("is read below the folders of the command line where there are some", async () => {
    const client = await connect({ era, folders: [place("shared")] });
    expect((await call(client, "check_document", { path: "a.cimd.json" })).isError).toBe(false);
    expect((await call(client, "check_document", { path: "../second/b.cimd.json" })).isError).toBe(true);
  });

  it("is not read where the client knows no roots", async () => {
    const { isError, text } = await call(await connect({ era }), "check_document", { path: "a.cimd.json" });
    expect(isError).toBe(true);
    expect(text).toContain("--root");
  });
});
