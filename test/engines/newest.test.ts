import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Engine } from "./lab/engines.js";

/** Programs that note how they are called; `mvn` writes a version as the plugin for versions does. */
const PROGRAMS = {
  go: `case "$1" in list) echo v2.0.0;; esac`,
  mvn: `case "$*" in *update-property*) echo '<engine.version>2.0.0</engine.version>' > pom.xml;; esac`,
};

const LOCKED: Engine = {
  id: "acme",
  server: "acme",
  package: "go:acme.dev/server",
  version: "1.0.0",
  toolchain: "go",
  stages: ["document"],
  calls: "",
  stubbed: "",
  folder: "",
  cases: [],
};

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cimd-newest-"));
  for (const [name, script] of Object.entries(PROGRAMS)) {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\necho ${name} "$@" >> calls.txt\n${script}\n`);
    chmodSync(file, 0o755);
  }
  writeFileSync(path.join(folder, "pom.xml"), "<engine.version>1.0.0</engine.version>");
  vi.stubEnv("PATH", `${folder}${path.delimiter}${process.env["PATH"]}`);
  vi.resetModules();
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const calls = () => readFileSync(path.join(folder, "calls.txt"), "utf8").trim().split("\n");

describe.skipIf(process.platform === "win32")("--newest of Go", async () => {
  it("gets the newest release of the server, and what it needs, before it builds", async () => {
    const { GO } = await import("./lab/toolchains/go.js");
    await GO.install(LOCKED, folder, true);
    expect(calls()).toEqual(["go get acme.dev/server@latest", "go mod tidy", "go build -o driver ."]);
    expect(await GO.version(LOCKED, folder)).toBe("v2.0.0");
  });

  it("gets what the driver says instead", async () => {
    const { GO } = await import("./lab/toolchains/go.js");
    await GO.install({ ...LOCKED, newest: ["acme.dev/server@v1"] }, folder, true);
    expect(calls()[0]).toBe("go get acme.dev/server@v1");
  });

  it("is not what a locked run installs", async () => {
    const { GO } = await import("./lab/toolchains/go.js");
    await GO.install(LOCKED, folder, false);
    expect(calls()).toEqual(["go build -o driver ."]);
  });
});

describe.skipIf(process.platform === "win32")("--newest of Maven", async () => {
  const engine: Engine = { ...LOCKED, package: "maven:dev.acme:server", toolchain: "maven" };

  it("raises the server's version in the pom before it builds, to a release that is no preview", async () => {
    const { MAVEN, PREVIEWS } = await import("./lab/toolchains/maven.js");
    await MAVEN.install(engine, folder, true);
    const [update = "", build = ""] = calls();
    expect(update).toContain(":update-property -Dproperty=engine.version");
    expect(update).toContain("-DallowSnapshots=false");
    expect(update).toContain(`-Dmaven.version.ignore=${PREVIEWS}`);
    expect(build).toContain("compile dependency:build-classpath");
    expect(await MAVEN.version(engine, folder)).toBe("2.0.0");
  });

  it.each([
    ["7.2.0-M1", true],
    ["7.2.0-RC2", true],
    ["2.0.0.Beta3", true],
    ["27.0.0-alpha-1", true],
    ["7.1.2", false],
    ["26.7.3.Final", false],
    ["33.4.0-jre", false],
  ])("%s is a preview: %s", async (version, preview) => {
    const { PREVIEWS } = await import("./lab/toolchains/maven.js");
    expect(new RegExp(`^${PREVIEWS.replace("(?i)", "")}$`, "i").test(version)).toBe(preview);
  });

  it("is not what a locked run installs", async () => {
    const { MAVEN } = await import("./lab/toolchains/maven.js");
    await MAVEN.install(engine, folder, false);
    expect(calls()).toHaveLength(1);
    expect(await MAVEN.version(engine, folder)).toBe("1.0.0");
  });
});
