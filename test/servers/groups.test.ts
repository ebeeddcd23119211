import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import {
  defaultGroup,
  isWidelyMet,
  MANY_DOWNLOADS,
  serversOfGroup,
  serversOfTargets,
} from "../../server/src/servers/groups.js";
import type { Reach, ServerProfile } from "../../server/src/servers/profile.js";
import { SERVERS, serverById } from "../../server/src/servers/servers.js";

function documentWith(members: Record<string, unknown>): ClientMetadataDocument {
  return new ClientMetadataDocument(JSON.stringify(members));
}

function ids(servers: readonly ServerProfile[]): string[] {
  return servers.map(({ id }) => id);
}

const MCP = documentWith({ client_name: "Acme" });
const ATPROTO = documentWith({ scope: "atproto transition:generic", dpop_bound_access_tokens: true });
const SOLID = documentWith({ "@context": ["https://www.w3.org/ns/solid/oidc-context.jsonld"] });
const ATPROTO_AND_SOLID = documentWith({ scope: "atproto webid" });

describe("the rule of the default group", () => {
  const from = { source: "https://figures.acme.dev/", date: "2026-12-01" };
  const downloads = (perMonth: number): Reach => ({
    ...from,
    kind: "downloads",
    package: "npm:acme",
    perMonth,
  });

  it("takes a package from 100,000 downloads a month on", () => {
    expect(MANY_DOWNLOADS).toBe(100_000);
    expect(isWidelyMet(downloads(99_999))).toBe(false);
    expect(isWidelyMet(downloads(100_000))).toBe(true);
  });

  it("takes a hosted service once its vendor documents CIMD as generally available", () => {
    expect(isWidelyMet({ ...from, kind: "hosted", generallyAvailable: false })).toBe(false);
    expect(isWidelyMet({ ...from, kind: "hosted", generallyAvailable: true })).toBe(true);
  });

  it("takes a product that is widely installed", () => {
    expect(isWidelyMet({ ...from, kind: "installed", reason: "a million homes" })).toBe(true);
  });

  it("takes nothing of which no figure is known", () => {
    expect(isWidelyMet(undefined)).toBe(false);
  });
});

describe("the reach of the servers", () => {
  const known = SERVERS.flatMap(({ id, reach }) => (reach ? [{ id, reach }] : []));

  it.each(known)("of $id has a source and a day", ({ reach }) => {
    expect(new URL(reach.source).protocol).toBe("https:");
    expect(reach.date).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(new Date(reach.date).toISOString().slice(0, 10)).toBe(reach.date);
    if (reach.kind === "downloads") {
      expect(reach.package).toMatch(/^(npm|pypi):[a-z0-9@/-]+$/);
      expect(Number.isInteger(reach.perMonth)).toBe(true);
    }
    if (reach.kind === "installed") expect(reach.reason).toMatch(/\d/);
  });

  it("of a package stands at one profile", () => {
    const packages = known.flatMap(({ reach }) => (reach.kind === "downloads" ? [reach.package] : []));
    expect(new Set(packages).size).toBe(packages.length);
  });
});

describe("groups", () => {
  it("default are the servers of the document's own audience that many people meet", () => {
    const group = serversOfGroup("default", MCP);
    expect(group.length).toBeGreaterThanOrEqual(8);
    expect(ids(group)).toEqual(expect.arrayContaining(["fastmcp", "oidc-provider", "keycloak"]));
    for (const { audience, reach } of group) {
      expect(audience).toContain("mcp");
      expect(isWidelyMet(reach)).toBe(true);
    }
    expect(ids(serversOfGroup("default", ATPROTO))).toContain("atproto");
    expect(ids(serversOfGroup("default", ATPROTO))).not.toContain("fastmcp");
  });

  it("default of a document for two audiences are both groups", () => {
    expect(serversOfGroup("default", ATPROTO_AND_SOLID)).toEqual(
      SERVERS.filter((server) =>
        [serversOfGroup("default", ATPROTO), serversOfGroup("default", SOLID)].flat().includes(server),
      ),
    );
    const both = defaultGroup(["mcp", "atproto"]);
    expect(both).toHaveLength(defaultGroup(["mcp"]).length + defaultGroup(["atproto"]).length);
    expect(ids(both)).toEqual(expect.arrayContaining(["atproto", "fastmcp"]));
  });

  it("of an audience are all its servers, whoever the document is for", () => {
    expect(ids(serversOfGroup("atproto", MCP))).toEqual(["atproto"]);
    expect(serversOfGroup("mcp", ATPROTO)).toEqual(
      SERVERS.filter(({ audience }) => audience.includes("mcp")),
    );
  });

  it("all are all", () => {
    expect(serversOfGroup("all", MCP)).toEqual(SERVERS);
  });

  it("stand for each server once, in the order of the registry", () => {
    const rauthy = serverById("rauthy");
    const fastmcp = serverById("fastmcp");
    if (!rauthy || !fastmcp) throw new Error("these servers are known");
    expect(ids(serversOfTargets([rauthy, "atproto", fastmcp, rauthy], MCP))).toEqual([
      "fastmcp",
      "atproto",
      "rauthy",
    ]);
    expect(serversOfTargets([rauthy, "all", "default"], MCP)).toEqual(SERVERS);
    expect(serversOfTargets([], MCP)).toEqual([]);
  });
});
