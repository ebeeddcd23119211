import { describe, expect, it } from "vitest";
import { FIRST_CHOICES } from "../../../client/src/compatibility/messages.js";
import { hasTargets, shownRows } from "../../../client/src/compatibility/shownRows.js";
import { SERVERS } from "../../../server/src/servers/servers.js";
import type { CompatibilityView } from "../../../server/src/views/compatibility/compatibilityView.js";
import { viewOf } from "./view.js";

const DOCUMENT = {
  client_id: "https://notes.example.com/oauth/client.cimd.json",
  client_name: "Notes",
  redirect_uris: ["http://localhost:*/callback", "http://127.0.0.1/callback"],
};

const view = viewOf(DOCUMENT);

function ids(of: CompatibilityView, filter: string, targetsOnly = true): string[] {
  return shownRows(of, { ...FIRST_CHOICES, filter, targetsOnly }).flatMap(({ rows }) =>
    rows.map(({ server }) => server.id),
  );
}

describe("without a filter", () => {
  it("shows every server once, from those that refuse to those of which it is not known", () => {
    const groups = shownRows(view, FIRST_CHOICES);
    expect(groups.map(({ group }) => group)).toEqual(["refuses", "limited", "works", "unknown"]);
    // Those that the summary counts come first.
    for (const { rows } of groups)
      expect(rows.map(({ counted }) => counted)).toEqual(
        rows.map(({ counted }) => counted).sort((one, other) => Number(other) - Number(one)),
      );
    expect(ids(view, "").sort()).toEqual(SERVERS.map(({ id }) => id).sort());
  });
});

describe("a filter", () => {
  it("finds a server by its name, in any case", () => {
    expect(ids(view, "KEYCLOAK")).toEqual(["keycloak"]);
  });

  it("finds what is said in a reason", () => {
    const found = ids(view, "no refresh authorization_code");
    expect(found).toContain("fastmcp");
    expect(found).not.toContain("keycloak");
  });

  it("asks for every word, wherever it stands", () => {
    expect(ids(view, "refused keycloak")).toEqual(["keycloak"]);
    expect(ids(view, "refused fastmcp-3")).toEqual([]);
  });

  it("leaves out groups in which nothing is left", () => {
    expect(shownRows(view, { filter: "keycloak", targetsOnly: false }).map(({ group }) => group)).toEqual([
      "refuses",
    ]);
  });

  it.each(["", "   ", "\n"])("%j is none", (filter) => {
    expect(ids(view, filter)).toHaveLength(SERVERS.length);
  });

  it("takes its characters as they are", () => {
    expect(ids(view, ".*")).toEqual(ids(view, ".*").filter((id) => id !== ""));
    expect(ids(view, "[a-z]+$^")).toEqual([]);
  });
});

describe("targets", () => {
  const targeted = viewOf(DOCUMENT, ["keycloak", "fastmcp"]);

  it("are shown alone where the person wants that", () => {
    expect(hasTargets(targeted)).toBe(true);
    expect(ids(targeted, "")).toEqual(["keycloak", "fastmcp"]);
  });

  it("come first in their group where all are shown", () => {
    const groups = shownRows(targeted, { filter: "", targetsOnly: false });
    expect(groups.find(({ group }) => group === "refuses")?.rows[0]?.server.id).toBe("keycloak");
    expect(ids(targeted, "", false)).toHaveLength(SERVERS.length);
  });

  it("hide nothing where the settings name none", () => {
    expect(hasTargets(view)).toBe(false);
    expect(ids(view, "", true)).toHaveLength(SERVERS.length);
  });
});
