import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyse } from "../../../server/src/check/analyse.js";
import { defaultGroup } from "../../../server/src/servers/groups.js";
import type { Constraint, ServerProfile } from "../../../server/src/servers/profile.js";
import { SERVERS } from "../../../server/src/servers/servers.js";
import {
  type Cell,
  CompatibilityView,
  QUESTIONS,
  type Question,
  type Row,
} from "../../../server/src/views/compatibility/compatibilityView.js";
import { summary } from "../../../server/src/views/compatibility/summary.js";
import { XSS_CORPUS } from "../../preview/xssCorpus.js";
import { viewOf } from "./view.js";

const GOOD = {
  client_id: "https://notes.example.com/oauth/client.cimd.json",
  client_name: "Example Notes",
  redirect_uris: ["http://127.0.0.1/callback", "https://notes.example.com/callback"],
  grant_types: ["authorization_code", "refresh_token"],
  token_endpoint_auth_method: "none",
};

const example = (name: string) => readFileSync(new URL(`../../../examples/${name}`, import.meta.url), "utf8");

/** A server of which everything is known, and which takes everything. */
const OPEN: ServerProfile = {
  id: "open",
  name: "Open Server",
  version: "1.0",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [{ what: "open/server main.ts", url: "https://example.org/main.ts" }],
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: [],
  redirects: { matches: (uri, entry) => uri === entry, entryOutcome: () => ({ outcome: "works" }) },
  cache: undefined,
  consent: { shows: ["client-name", "client-id-host", "logo"], note: "As its page has it." },
};
/** A server of which nothing is known but its name. */
const CLOSED: ServerProfile = {
  ...OPEN,
  id: "closed",
  name: "Closed Server",
  confidence: "docs",
  readCompletely: [],
  redirects: undefined,
  consent: undefined,
};

/** The row of a server that requires something of every document. */
function rowWith(
  meta: Pick<Constraint, "stage" | "effect" | "rule"> & { pointer?: string },
  server: ServerProfile = OPEN,
  document: string | object = GOOD,
): Row {
  const constraint: Constraint = {
    id: "constraint",
    ...meta,
    check: (_document, report) => report("It is not so.", meta.pointer),
  };
  return rowOf(viewOf(document, [], [{ ...server, constraints: [constraint] }]));
}

function rowOf({ rows }: CompatibilityView, server?: string): Row {
  const row = server === undefined ? rows[0] : rows.find(({ server: { id } }) => id === server);
  if (!row) throw new Error(`There is no row of ${server}.`);
  return row;
}

const outcomes = ({ cells }: Row): string[] => QUESTIONS.map((question) => cells[question].outcome);
const texts = ({ statements }: Cell): string[] => statements.map(({ text }) => text);

describe("a server whose older releases do otherwise", () => {
  const source = { what: "open/server 1.0 CHANGELOG.md", url: "https://example.org/changes" };
  const refuses: Constraint = {
    id: "name",
    stage: "document",
    effect: "blocks",
    rule: "client-name/missing",
    check: (document, report) => {
      if (!document.has("client_name")) report("no name");
    },
  };
  const server: ServerProfile = {
    ...OPEN,
    changes: [
      {
        before: "1.0",
        constraints: [],
        redirects: {
          matches: (uri, entry) => uri === entry,
          entryOutcome: (entry) => ({ outcome: entry.startsWith("http:") ? "never" : "works" }),
        },
        source,
      },
      { before: "0.5", constraints: [refuses], source },
    ],
  };

  it("says so where the document makes the difference, and only there", () => {
    const { cells } = rowOf(viewOf(GOOD, [], [server]));
    expect(texts(cells.loads)).toHaveLength(1);
    expect(cells.signIn.statements.slice(2)).toMatchObject([
      {
        outcome: "told",
        about: "http://127.0.0.1/callback",
        text: "Before 1.0, Open Server sends nobody back there.",
        link: { label: "redirect_uris[0]" },
      },
    ]);
  });

  it("says why an older release refuses a document", () => {
    const { client_name: _, ...nameless } = GOOD;
    const { cells, group } = rowOf(viewOf(nameless, [], [server]));
    expect(texts(cells.loads).slice(1)).toEqual(["Before 0.5, Open Server refuses the document: no name"]);
    expect(group).not.toBe("refuses");
  });
});

describe("a server of which everything is known", () => {
  const row = rowOf(viewOf(GOOD, [], [OPEN]));

  it("works, in every cell with a reason", () => {
    expect(row.group).toBe("works");
    expect(outcomes(row)).toEqual(["works", "works", "works", "works", "told"]);
    for (const question of QUESTIONS) expect(texts(row.cells[question])[0]).toMatch(/\w/);
  });

  it("has a sentence for every redirect entry, with the way to its line", () => {
    expect(row.cells.signIn.statements).toEqual([
      {
        outcome: "works",
        about: "http://127.0.0.1/callback",
        text: "Open Server sends the person back there.",
        link: {
          label: "redirect_uris[0]",
          place: { start: { line: 4, character: 4 }, end: { line: 4, character: 31 } },
        },
      },
      {
        outcome: "works",
        about: "https://notes.example.com/callback",
        text: "Open Server sends the person back there.",
        link: {
          label: "redirect_uris[1]",
          place: { start: { line: 5, character: 4 }, end: { line: 5, character: 40 } },
        },
      },
    ]);
  });

  it("shows on its consent screen what the document says, and what it does not say", () => {
    expect(row.cells.consent.word).toBe("name, domain, logo");
    expect(row.cells.consent.statements).toMatchObject([
      { about: "name", text: "Example Notes", link: { label: "client_name" } },
      { about: "domain", text: "notes.example.com", link: { label: "client_id" } },
      { about: "logo", text: "The document has none." },
      { text: "As its page has it." },
    ]);
    expect(row.cells.consent.statements[2]).not.toHaveProperty("link");
  });

  it("says where it was read", () => {
    expect(row.evidence).toEqual([{ what: "open/server main.ts", url: "https://example.org/main.ts" }]);
    expect(row.server.confidence).toBe("read-source");
  });
});

describe("a server of which nothing is known", () => {
  it("is unknown in every cell", () => {
    const row = rowOf(viewOf(GOOD, [], [CLOSED]));
    expect(row.group).toBe("unknown");
    expect(outcomes(row)).toEqual(["unknown", "unknown", "unknown", "unknown", "unknown"]);
    for (const question of QUESTIONS) expect(row.cells[question].word).toBe("Unknown");
  });

  it("does not become known by an entry that matches", () => {
    const { redirects } = OPEN;
    const { signIn } = rowOf(viewOf(GOOD, [], [{ ...CLOSED, redirects }])).cells;
    expect(signIn.outcome).toBe("unknown");
    expect(texts(signIn)[0]).toBe(
      "The entry matches, but whether Closed Server loads the document is not known.",
    );
  });

  it.each([
    ["authorize", "signIn"],
    ["token", "refresh"],
    ["token", "tokenEndpoint"],
  ] as const)("says nothing of the %s stage in %s where that was not read completely", (stage, question) => {
    const readCompletely = OPEN.readCompletely.filter((read) => read !== stage);
    const redirects = stage === "authorize" ? undefined : OPEN.redirects;
    const { cells } = rowOf(viewOf(GOOD, [], [{ ...OPEN, readCompletely, redirects }]));
    expect(cells[question].outcome).toBe("unknown");
    expect(cells.loads.outcome).toBe("works");
  });
});

describe("a server that refuses the document", () => {
  const row = rowWith({
    stage: "document",
    effect: "blocks",
    rule: "redirect-uris/absolute",
    pointer: "/redirect_uris/1",
  });

  it("says why and where, and gets no further", () => {
    expect(row.group).toBe("refuses");
    expect(outcomes(row)).toEqual(["never", "unreached", "unreached", "unreached", "unreached"]);
    expect(row.cells.loads).toMatchObject({
      word: "Refused",
      statements: [
        {
          text: "It is not so.",
          rule: "redirect-uris/absolute",
          link: { label: "redirect_uris[1]", place: { start: { line: 5 } } },
        },
      ],
    });
  });

  it("says so at the token endpoint as well where that is the reason", () => {
    const { cells } = rowWith({ stage: "document", effect: "blocks", rule: "auth-method/shared-secret" });
    expect(cells.tokenEndpoint.outcome).toBe("never");
    expect(texts(cells.tokenEndpoint)).toEqual(["It is not so."]);
  });
});

describe("a server that loads the document, with a catch", () => {
  it("limits sign-in where an entry is limited", () => {
    const redirects: ServerProfile["redirects"] = {
      matches: () => false,
      entryOutcome: (entry) =>
        entry.startsWith("http:")
          ? { outcome: "limited", message: "This port only.", rule: "redirect-uris/fixed-loopback-port" }
          : { outcome: "works" },
    };
    const row = rowOf(viewOf(GOOD, [], [{ ...OPEN, redirects }]));
    expect(row.group).toBe("limited");
    expect(row.cells.signIn).toMatchObject({ outcome: "limited", word: "1 of 2 work" });
    expect(row.cells.signIn.statements[0]).toMatchObject({
      outcome: "limited",
      text: "This port only.",
      rule: "redirect-uris/fixed-loopback-port",
    });
  });

  it("ends every sign-in where the reason is about all of them", () => {
    const row = rowWith({ stage: "authorize", effect: "blocks", rule: "response-types/unknown" });
    expect(row.group).toBe("refuses");
    expect(row.cells.signIn).toMatchObject({ outcome: "never", word: "Never" });
    expect(texts(row.cells.signIn)).toEqual([
      "It is not so.",
      "No sign-in gets this far.",
      "No sign-in gets this far.",
    ]);
  });

  it("gives no refresh tokens, and the sign-in works all the same", () => {
    const row = rowWith({
      stage: "token",
      effect: "limits",
      rule: "grant-types/no-refresh",
      pointer: "/grant_types",
    });
    expect(row.group).toBe("works");
    expect(outcomes(row)).toEqual(["works", "works", "limited", "works", "told"]);
    expect(row.cells.refresh).toMatchObject({
      word: "No refresh",
      statements: [{ text: "It is not so.", link: { label: "grant_types" } }],
    });
  });

  it("gives no tokens at all where the client cannot prove itself", () => {
    const row = rowWith({ stage: "token", effect: "blocks", rule: "jwks/use", pointer: "/jwks/keys/0/use" });
    expect(row.group).toBe("refuses");
    expect(outcomes(row)).toEqual(["works", "works", "unreached", "never", "told"]);
    expect(row.cells.tokenEndpoint.statements[0]?.link?.label).toBe("jwks.keys[0].use");
  });

  it("takes a remark at the token endpoint as a remark", () => {
    const { cells } = rowWith({ stage: "token", effect: "note", rule: "auth-method/unknown" });
    expect(cells.tokenEndpoint.outcome).toBe("works");
    expect(texts(cells.tokenEndpoint)).toContain("It is not so.");
  });

  it("does not let a remark about the document change what it comes to", () => {
    const { cells } = rowWith({ stage: "document", effect: "note", rule: "grant-types/extra" });
    expect(cells.loads).toMatchObject({ outcome: "works", word: "Loads" });
    expect(texts(cells.loads)).toContain("It is not so.");
  });
});

describe("a document without redirect URIs", () => {
  it("signs nobody in", () => {
    const row = rowOf(viewOf({ ...GOOD, redirect_uris: [] }, [], [OPEN]));
    expect(row.group).toBe("refuses");
    expect(row.cells.signIn.outcome).toBe("never");
  });
});

describe("a server without a consent screen of its own", () => {
  it("is told of with the note", () => {
    const { consent } = rowOf(
      viewOf(GOOD, [], [{ ...OPEN, consent: { shows: [], note: "The site writes it." } }]),
    ).cells;
    expect(consent).toEqual({
      outcome: "told",
      word: "Note",
      statements: [{ outcome: "told", text: "The site writes it." }],
    });
  });
});

describe("targets", () => {
  it("are marked, and the sentence is about them alone", () => {
    const view = viewOf(GOOD, ["fastmcp", "no-such-server"]);
    expect(view.rows.filter(({ target }) => target).map(({ server }) => server.id)).toEqual(["fastmcp"]);
    expect(view.rows).toHaveLength(SERVERS.length);
    expect(view.summary).toBe("1 of 1 works");
  });

  it("may be groups", () => {
    const view = viewOf(GOOD, ["atproto"]);
    expect(view.rows.filter(({ target }) => target).map(({ server }) => server.id)).toEqual(["atproto"]);
    expect(view.rows.filter(({ counted }) => counted)).toHaveLength(1);
  });

  it("are the document's default group where none is named, as for the lens", () => {
    const view = viewOf(GOOD);
    const counted = view.rows.filter(({ counted }) => counted);
    expect(counted.map(({ server }) => server.id)).toEqual(defaultGroup(["mcp"]).map(({ id }) => id));
    expect(view.rows.some(({ target }) => target)).toBe(false);
    expect(view.summary).toBe(summary(analyse(JSON.stringify(GOOD)).counted));
    const works = counted.filter(({ group }) => group === "works").length;
    expect(view.summary).toMatch(new RegExp(`^${works} of ${counted.length} works? · `));
  });
});

describe("a text that is no document", () => {
  it.each(["", "[]", '{ "client_name": "Half', "{".repeat(400), "\ud800", "null"])(
    "%j is said to be so",
    (text) => {
      const view = viewOf(text);
      expect(CompatibilityView.parse(view).broken?.message).toMatch(/\w/);
      expect(view.rows).toHaveLength(SERVERS.length);
    },
  );
});

describe("every known server", () => {
  const documents: Record<string, string | object> = {
    "fastmcp.cimd.json": example("fastmcp.cimd.json"),
    "desktop.cimd.json": example("desktop.cimd.json"),
    "private-key-jwt.cimd.json": example("private-key-jwt.cimd.json"),
    "wrong-values.cimd.json": example("broken/wrong-values.cimd.json"),
    "an empty object": {},
    "a hostile one": { ...GOOD, client_name: XSS_CORPUS.join(" "), redirect_uris: XSS_CORPUS },
  };

  it.each(Object.keys(documents))("answers every question about %s, or says that it is unknown", (name) => {
    const view = CompatibilityView.parse(viewOf(documents[name] ?? ""));
    expect(view.rows.map(({ server }) => server.id)).toEqual(SERVERS.map(({ id }) => id));
    for (const row of view.rows) {
      const profile = SERVERS.find(({ id }) => id === row.server.id);
      expect(row.evidence.length).toBe(profile?.evidence.length);
      for (const question of QUESTIONS) expectHonest(row, question, profile);
    }
  });

  /** No cell promises anything that the profile does not say. */
  function expectHonest(row: Row, question: Question, profile: ServerProfile | undefined): void {
    const { outcome, word, statements } = row.cells[question];
    const which = `${row.server.id} ${question}`;
    expect(word, which).not.toBe("");
    expect(statements.length, which).toBeGreaterThan(0);
    if (outcome !== "works") return;
    expect(profile?.readCompletely, which).toEqual(expect.arrayContaining(["fetch", "document"]));
    if (question === "refresh" || question === "tokenEndpoint")
      expect(profile?.readCompletely, which).toContain("token");
    if (question === "signIn") expect(profile?.redirects?.entryOutcome, which).toBeDefined();
  }

  it("stays small for a document with thousands of entries", () => {
    const redirect_uris = Array.from({ length: 3000 }, (_, at) => `http://127.0.0.1:${at}/callback`);
    const { rows } = viewOf({ ...GOOD, redirect_uris });
    for (const { cells } of rows) {
      for (const question of QUESTIONS) expect(cells[question].statements.length).toBeLessThanOrEqual(31);
    }
    const { signIn } = rowOf(viewOf({ ...GOOD, redirect_uris }, [], [OPEN])).cells;
    expect(signIn.statements.at(-1)?.text).toBe("And 2970 more.");
  });
});
