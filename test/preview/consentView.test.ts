import { describe, expect, it } from "vitest";
import type { ServerProfile } from "../../server/src/servers/profile.js";
import { type Block, ConsentView } from "../../server/src/views/consent/consentView.js";
import { GOOD, viewOf } from "./view.js";
import { XSS_CORPUS } from "./xssCorpus.js";

const EVIDENCE = {
  what: "made up for this test",
  url: "https://evidence.example/",
};

/** A server of which everything is known, and which is easy to please. */
const KNOWN: ServerProfile = {
  id: "known",
  name: "Known Server",
  version: "1.2.3",
  kind: "authorization-server",
  confidence: "read-source",
  audience: ["mcp"],
  evidence: [EVIDENCE],
  readCompletely: ["fetch", "document", "authorize", "token"],
  constraints: [
    {
      id: "no-http",
      stage: "fetch",
      effect: "blocks",
      rule: "client-id/https",
      check(document, report) {
        if (!document.url?.startsWith("https://")) report("https only", "/client_id");
      },
    },
    {
      id: "name-required",
      stage: "document",
      effect: "blocks",
      rule: "client-name/missing",
      check(document, report) {
        if (!document.has("client_name")) report("client_name is required");
      },
    },
    {
      id: "no-refresh",
      stage: "token",
      effect: "limits",
      rule: "grant-types/refresh",
      check(document, report) {
        if (!document.strings("grant_types").some(({ node }) => node.value === "refresh_token")) {
          report("no refresh", "/grant_types");
        }
      },
    },
  ],
  redirects: {
    matches: (redirectUri, entry) => redirectUri.startsWith(entry.replace("/callback", "")),
    refusal: (redirectUri) => `No match for ${redirectUri}.`,
  },
  cache: undefined,
  consent: {
    shows: ["client-name", "client-id-host", "redirect-host", "scopes", "logo", "localhost-warning"],
    note: "A note.",
  },
};

/** A server of which only the consent screen is known. */
const HALF_KNOWN: ServerProfile = {
  ...KNOWN,
  id: "half",
  readCompletely: [],
  constraints: [],
  redirects: undefined,
};

/** One whose page nobody has seen. */
const UNSEEN: ServerProfile = { ...KNOWN, id: "unseen", consent: undefined };

const SERVERS = [KNOWN, HALF_KNOWN, UNSEEN];

function text(view: ConsentView): string {
  return view.screen.blocks.map(blockText).join("\n");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return block.text;
    case "paragraph":
      return runs(block.content);
    case "box":
      return `${block.label ?? ""} ${runs(block.content)}`.trim();
    case "rows":
    case "details":
      return block.rows.map(({ label, value }) => `${label}: ${runs(value)}`).join("\n");
    case "list":
      return `${block.label ?? ""}: ${block.items.map(runs).join(", ")}`;
    case "logo":
      return `logo from ${block.host}`;
    case "decision":
      return `[${block.allow}] [${block.deny}]`;
    case "help":
      return block.summary;
  }
}

const runs = (content: readonly { text: string }[]) => content.map((piece) => piece.text).join("");

describe("the screen of FastMCP", () => {
  it("has the words, the order and the buttons of its page", () => {
    const view = viewOf(GOOD, {
      mcpServerName: "Acme Files",
      scopes: "files:read files:write",
      port: 8123,
    });
    expect(text(view)).toBe(
      [
        "Application Access Request",
        "The application Example Notes wants to access the MCP server Acme Files. Please ensure you recognize the callback address below.",
        "Verified domain: notes.example.com",
        "Credentials will be sent to: http://127.0.0.1:8123/callback",
        "Application Name: Example Notes",
        "Application Website: N/A",
        "Application ID: https://notes.example.com/oauth/client.cimd.json",
        "Redirect URI: http://127.0.0.1:8123/callback",
        "Requested Scopes: files:read, files:write",
        "[Allow Access] [Deny]",
        "Why am I seeing this?",
      ].join("\n"),
    );
    expect(view.screen.style).toBe("fastmcp");
  });

  it.each([{ client_name: undefined }, { client_name: "" }, { client_name: 7 }])(
    "falls back to the client_id for %j",
    (change) => {
      expect(text(viewOf({ ...GOOD, ...change }))).toContain(`The application ${GOOD.client_id} wants`);
    },
  );

  it("shows the host only: no port, no path, in ASCII", () => {
    const view = viewOf({
      ...GOOD,
      client_id: "https://BÜCHER.example:8443/c.json",
    });
    expect(text(view)).toContain("Verified domain: xn--bcher-kva.example\n");
  });

  it("says FastMCP and None where nothing was given", () => {
    expect(text(viewOf(GOOD))).toMatch(/MCP server FastMCP\..*Requested Scopes: None/s);
  });

  it("takes the document's scope when none is chosen", () => {
    expect(text(viewOf({ ...GOOD, scope: "a b" }))).toContain("Requested Scopes: a, b");
    expect(text(viewOf({ ...GOOD, scope: "a b" }, { scopes: "" }))).toContain("Requested Scopes: None");
  });

  it("names the members it leaves out, as far as the document has them", () => {
    const view = viewOf({
      ...GOOD,
      logo_uri: "https://cdn.example.net/l.png",
      contacts: ["a@example.com"],
    });
    expect(view.screen.notShown).toEqual(["logo_uri", "client_uri", "contacts"]);
    expect(text(view)).not.toContain("cdn.example.net");
  });
});

describe("redirect URIs", () => {
  it.each([
    ["http://localhost:*/callback", "http://localhost:51353/callback"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:51353/cb"],
    ["http://[::1]/cb?x=1", "http://[::1]:51353/cb?x=1"],
    ["http://127.0.0.1:3000/cb", "http://127.0.0.1:3000/cb"],
    ["https://*.example.com/cb", "https://app.example.com/cb"],
    ["https://app.example.com/auth/*", "https://app.example.com/auth/callback"],
    ["com.example.app:/cb", "com.example.app:/cb"],
    ["https://app.example.com/cb", "https://app.example.com/cb"],
  ])("fills in %s", (entry, uri) => {
    expect(text(viewOf({ ...GOOD, redirect_uris: [entry] }))).toContain(
      `Credentials will be sent to: ${uri}\n`,
    );
  });

  it("uses the chosen entry, and the first where it is gone", () => {
    expect(viewOf(GOOD, { redirectIndex: 1 }).choices.redirectIndex).toBe(1);
    expect(viewOf(GOOD, { redirectIndex: 9 }).choices.redirectIndex).toBe(0);
  });

  it("asks for a port only where one is missing", () => {
    const view = viewOf({
      ...GOOD,
      redirect_uris: [
        "http://localhost:*/a",
        "http://127.0.0.1/b",
        "http://127.0.0.1:80/c",
        "https://a.example/d",
      ],
    });
    expect(view.redirects.map(({ takesPort }) => takesPort)).toEqual([true, true, false, false]);
  });
});

describe("the other screens", () => {
  it("offers FastMCP, then the neutral one, then every server whose screen is known", () => {
    expect(viewOf(GOOD, {}, SERVERS).servers.map(({ id }) => id)).toEqual([
      "fastmcp",
      "specification",
      "known",
      "half",
    ]);
  });

  it("falls back to the neutral one for a server it cannot draw", () => {
    expect(viewOf(GOOD, { server: "unseen" }, SERVERS).screen.server.id).toBe("specification");
    expect(viewOf(GOOD, { server: "nobody" }, SERVERS).choices.server).toBe("specification");
  });

  it("shows in the neutral one what the specifications ask for", () => {
    const document = {
      ...GOOD,
      redirect_uris: ["http://127.0.0.1/callback"],
      logo_uri: "https://cdn.example.net/l.png",
      tos_uri: "https://notes.example.com/terms",
    };
    const shown = text(viewOf(document, { server: "specification", scopes: "files:read" }));
    for (const part of [
      "logo from cdn.example.net",
      "Example Notes",
      "verified domain is notes.example.com",
      "127.0.0.1 · http://127.0.0.1:51353/callback",
      "runs on your computer",
      "It asks for: files:read",
      "Terms of service: https://notes.example.com/terms",
    ]) {
      expect(shown).toContain(part);
    }
    expect(text(viewOf(GOOD, { server: "specification" }))).not.toContain("runs on your computer");
  });

  it("draws of another server what its profile states, and nothing else", () => {
    const view = viewOf(
      { ...GOOD, logo_uri: "https://cdn.example.net/l.png" },
      { server: "known", scopes: "x" },
      SERVERS,
    );
    const shown = text(view);
    for (const part of [
      "Example Notes",
      "notes.example.com",
      "127.0.0.1",
      "logo from cdn.example.net",
      "x",
    ]) {
      expect(shown).toContain(part);
    }
    expect(shown).not.toContain("https://notes.example.com/");
    expect(view.screen.notShown).toEqual(["client_uri"]);
    expect(view.screen.evidence).toEqual([EVIDENCE]);
  });
});

describe("pages that were read", () => {
  const shownBy = (id: string, change: object = {}, scopes = "") =>
    text(viewOf({ ...GOOD, ...change }, { server: id, scopes }, [{ ...KNOWN, id }]));

  it("Cloudflare's example names the publisher and warns of this computer", () => {
    expect(shownBy("cloudflare-workers-oauth-provider")).toBe(
      [
        "Allow Example Notes to access your account?",
        "Published by notes.example.com. Access will be sent to 127.0.0.1.",
        "This sends access to an app on your computer. Continue only if you just started signing in from it.",
        "[Allow] [Deny]",
      ].join("\n"),
    );
    expect(
      shownBy("cloudflare-workers-oauth-provider", { redirect_uris: ["https://a.example/cb"] }),
    ).not.toContain("your computer");
  });

  it("Logto shows name, logo and host, says they were not reviewed, and where the person goes", () => {
    const shown = shownBy("logto", { logo_uri: "https://cdn.example.net/l.png" }, "email");
    for (const part of [
      "logo from cdn.example.net",
      "Authorize Example Notes",
      "notes.example.com itself and were not reviewed",
      "Example Notes is requesting access to:",
      "You will be redirected to http://127.0.0.1:51353.",
    ]) {
      expect(shown).toContain(part);
    }
    expect(shownBy("logto", { client_name: "" })).toContain("Authorize notes.example.com\n");
  });

  it("Keycloak lists the host among what is granted", () => {
    expect(shownBy("keycloak", {}, "profile")).toBe(
      "Grant Access to Example Notes\nDo you grant these access privileges?: The client's hostname is notes.example.com, profile\n[Yes] [No]",
    );
  });

  it("atproto shows the URL and never the name, and only the host of a conventional URL", () => {
    const shown = shownBy("atproto", {}, "atproto transition:generic");
    expect(shown).toContain("https://notes.example.com/oauth/client.cimd.json wants to access your");
    expect(shown).not.toContain("Example Notes");
    expect(
      shownBy("atproto", { client_id: "https://notes.example.com/oauth-client-metadata.json" }, "atproto"),
    ).toContain("\nnotes.example.com wants to uniquely identify you");
  });
});

describe("the flow", () => {
  const states = (view: ConsentView) => view.flow.map(({ state }) => state);
  const known = (document: object | string, choices = {}) =>
    viewOf(document, { server: "known", ...choices }, SERVERS);

  it("passes for a document that the server takes", () => {
    expect(states(known(GOOD))).toEqual(["passed", "passed", "passed", "passed"]);
  });

  it("fails where the server does not take the URL, with its words and a link", () => {
    const view = known({
      ...GOOD,
      client_id: "http://notes.example.com/c.json",
    });
    expect(view.flow[0]?.state).toBe("passed");
    expect(view.flow[1]?.state).toBe("failed");
    expect(view.flow[3]?.state).toBe("failed");
    expect(runs(view.flow[1]?.content ?? [])).toContain("https only");
    expect(view.flow[1]?.links[0]?.place.start.line).toBe(1);
    expect(runs(view.flow[3]?.content ?? [])).toContain("refused before");
  });

  it("fails where the server refuses the document", () => {
    const { client_name: _, ...nameless } = GOOD;
    const view = known(nameless);
    expect(view.flow[2]).toMatchObject({
      state: "failed",
      offerHostedCheck: true,
    });
    expect(runs(view.flow[2]?.content ?? [])).toContain("client_name is required");
  });

  it("says that nobody gets to see the screen of a server that refuses the document", () => {
    const { client_name: _, ...nameless } = GOOD;
    expect(known(nameless).screen.unreached).toBe(
      "Known Server refuses the document, so nobody sees this screen there.",
    );
    expect(known(GOOD).screen.unreached).toBeUndefined();
    expect(viewOf(nameless, { server: "specification" }).screen.unreached).toBeUndefined();
    const shared = { ...GOOD, token_endpoint_auth_method: "client_secret_basic" };
    expect(viewOf(shared).screen.unreached).toContain("Client Not Registered");
  });

  it("names what only partly works", () => {
    const view = known({ ...GOOD, grant_types: ["authorization_code"] });
    expect(view.flow[3]).toMatchObject({ state: "attention" });
    expect(runs(view.flow[3]?.content ?? [])).toContain("no refresh");
  });

  it("fails at the last step for a redirect URI that nothing matches", () => {
    const view = known({
      ...GOOD,
      redirect_uris: ["http://localhost:*/callback"],
    });
    expect(view.flow[3]).toMatchObject({
      state: "failed",
      links: [{ label: "redirect_uris[0]" }],
    });
    expect(runs(view.flow[3]?.content ?? [])).toContain("No match for http://localhost:51353/callback.");
  });

  it("fails where FastMCP is asked for a scope that the document does not list", () => {
    const document = { ...GOOD, scope: "files:read" };
    const steps = (scopes: string) => viewOf(document, { scopes }, [{ ...KNOWN, id: "fastmcp" }]).flow[3];
    expect(steps("files:read")?.state).toBe("passed");
    expect(runs(steps("files:read files:write")?.content ?? [])).toContain(
      "Client was not registered with scope files:write",
    );
    expect(known(document, { scopes: "files:write" }).flow[3]?.state).toBe("passed");
  });

  it("does not guess", () => {
    expect(states(viewOf(GOOD, { server: "half" }, SERVERS))).toEqual([
      "passed",
      "unknown",
      "unknown",
      "unknown",
    ]);
  });

  it("has nothing to present without a client_id, and nowhere to go without redirect URIs", () => {
    const { client_id: _, redirect_uris: __, ...bare } = GOOD;
    const view = viewOf(bare, { server: "specification" });
    expect(view.flow[0]?.state).toBe("failed");
    expect(view.flow[3]?.state).toBe("failed");
  });
});

describe("the trust facts", () => {
  const factsOf = (document: object, choices = {}) =>
    new Map(viewOf(document, choices).facts.map((fact) => [fact.id, { ...fact, text: runs(fact.content) }]));

  it("name the domain, where credentials go, and that the client is unknown at first", () => {
    const facts = factsOf(GOOD, { redirectIndex: 1 });
    expect([...facts.keys()]).toEqual(["domain", "destination", "first-seen"]);
    expect(facts.get("domain")).toMatchObject({
      tone: "good",
      text: expect.stringContaining("notes.example.com"),
    });
    expect(facts.get("destination")).toMatchObject({ tone: "good" });
  });

  it("do not call a domain verified that nothing verifies", () => {
    expect(factsOf({ ...GOOD, client_id: "http://notes.example.com/c.json" }).get("domain")?.tone).toBe(
      "bad",
    );
    expect(factsOf({ ...GOOD, client_id: "notes" }).get("domain")?.tone).toBe("bad");
  });

  it("warn when every redirect stays on this computer", () => {
    expect(factsOf({ ...GOOD, redirect_uris: ["http://127.0.0.1/cb"] }).has("loopback-only")).toBe(true);
    expect(factsOf(GOOD).has("loopback-only")).toBe(false);
  });

  it.each([
    ["https://elsewhere.example.net/cb", "attention"],
    ["http://notes.example.com/cb", "bad"],
    ["com.example.app:/cb", "attention"],
    ["javascript:alert(1)", "bad"],
  ])("judge %s as a destination: %s", (uri, tone) => {
    expect(factsOf({ ...GOOD, redirect_uris: [uri] }).get("destination")?.tone).toBe(tone);
  });

  it("list other domains, and leave out subdomains of the verified one's site", () => {
    const facts = factsOf({
      ...GOOD,
      logo_uri: "https://cdn.example.net/l.png",
      tos_uri: "https://www.example.com/t",
    });
    expect(facts.get("other-hosts")?.text).toContain("logo_uri on cdn.example.net.");
    expect(facts.get("other-hosts")?.text).not.toContain("www.example.com");
  });

  it("spell out hidden characters and look-alikes", () => {
    const facts = factsOf({ ...GOOD, client_name: "Ex\u0430mple \u202eX" });
    expect(facts.get("characters-client_name")?.text).toContain("U+0430");
    expect(facts.get("characters-client_name")?.text).toContain("U+202E RIGHT-TO-LEFT OVERRIDE");
  });

  it("read an internationalised domain in Unicode too", () => {
    const facts = factsOf({
      ...GOOD,
      client_id: "https://xn--bcher-kva.example/c.json",
    });
    expect(facts.get("domain")).toMatchObject({
      tone: "attention",
      text: expect.stringContaining("bücher.example"),
    });
  });

  it("notice a name that claims another domain", () => {
    expect(factsOf({ ...GOOD, client_name: "Sign in to github.com" }).has("name-claims-host")).toBe(true);
    expect(factsOf({ ...GOOD, client_name: "Notes (notes.example.com)" }).has("name-claims-host")).toBe(
      false,
    );
  });
});

describe("a text that is not a document", () => {
  it.each([
    ["", 0],
    ["[]", 0],
    ['{\n  "client_id": "https://a.example/c",\n  "client_name": "open\n}', 2],
    ['{\n  "scop\n}', 1],
    ["[".repeat(100_000), 0],
  ])("%j is broken, and still gives a view", (broken, line) => {
    const view = viewOf(broken);
    expect(view.broken?.message).toBeTruthy();
    expect(view.broken?.place.start.line).toBe(line);
    expect(ConsentView.safeParse(view).success).toBe(true);
  });

  it.each(['{ "a": 1, }', '{ /* comment */ "a": 1 }'])("%s can still be drawn", (text) => {
    expect(viewOf(text).broken).toBeUndefined();
  });
});

describe("any text in any member", () => {
  const members = [
    "client_id",
    "client_name",
    "client_uri",
    "logo_uri",
    "scope",
    "jwks_uri",
    "application_type",
  ];

  it.each(XSS_CORPUS)("%j is untrusted text and nothing else", (hostile) => {
    const document = {
      ...GOOD,
      ...Object.fromEntries(members.map((member) => [member, hostile])),
      redirect_uris: [hostile],
      [hostile]: hostile,
    };
    for (const server of ["fastmcp", "specification", "known"]) {
      const view = viewOf(document, { server }, SERVERS);
      expect(ConsentView.safeParse(view).success).toBe(true);
      expect(
        view.screen.evidence.every(
          ({ url }) => url.startsWith("https://evidence.example/") || server === "fastmcp",
        ),
      ).toBe(true);
    }
  });
});
