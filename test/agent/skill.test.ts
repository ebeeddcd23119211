import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import manifest from "../../package.json" with { type: "json" };
import packageManifest from "../../server/package.json" with { type: "json" };
import { connect } from "./connect.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FILE = "server/skills/cimd/SKILL.md";
const [, header = "", body = ""] =
  /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(path.join(ROOT, FILE), "utf8")) ?? [];

/** https://agentskills.io/specification */
describe("the skill", () => {
  it("has the header that agents look for", () => {
    const { name, description } = parse(header);
    expect(name).toBe(path.basename(path.dirname(FILE)));
    expect(description.length).toBeLessThanOrEqual(1024);
    expect(body.split("\n").length).toBeLessThan(500);
  });

  it("is in the npm package, and offered by the extension", () => {
    expect(packageManifest.files).toContain("skills");
    expect(manifest.contributes.chatSkills).toEqual([{ path: `./${FILE}` }]);
  });

  it("names every tool, and no other", async () => {
    const { tools } = await (await connect()).listTools();
    const named = new Set([...body.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, name = ""]) => name));
    const methods = [
      "client_id",
      "client_secret",
      "client_secret_basic",
      "client_secret_post",
      "client_secret_jwt",
      "private_key_jwt",
    ];
    for (const method of methods) named.delete(method);
    expect([...named].sort()).toEqual(tools.map(({ name }) => name).sort());
  });
});
