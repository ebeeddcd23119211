import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CliIo } from "../../server/src/cli/io.js";
import { run } from "../../server/src/cli/main.js";

const GOOD = `{
  "client_id": "https://app.acme.dev/oauth/client",
  "client_name": "Acme",
  "redirect_uris": ["https://app.acme.dev/callback"],
  "grant_types": ["authorization_code", "refresh_token"],
  "response_types": ["code"],
  "token_endpoint_auth_method": "none"
}
`;

const PORTLESS = GOOD.replace("https://app.acme.dev/callback", "http://127.0.0.1/callback").replace(
  '"client_name"',
  '"application_type": "native", "client_name"',
);

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cimd-cli-"));
  mkdirSync(path.join(folder, "sub"));
  writeFileSync(path.join(folder, "good.cimd.json"), GOOD);
  writeFileSync(
    path.join(folder, "sub", "bad.cimd.json"),
    GOOD.replace("https://app.acme.dev/oauth", "http://app.acme.dev/oauth"),
  );
  writeFileSync(path.join(folder, "[odd].cimd.json"), GOOD);
  writeFileSync(path.join(folder, "unnamed.json"), GOOD.replace('  "client_name": "Acme",\n', ""));
  writeFileSync(
    path.join(folder, "settings.json"),
    '{ // shared with the editor\n "cimd.rules": { "client-name/missing": "error" }, "cimd.servers": ["oidc-provider"], }',
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function cimd(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  return cimdWith("", ...argv);
}

async function cimdWith(
  stdin: string,
  ...argv: string[]
): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const io: CliIo = {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    readStdin: () => Promise.resolve(stdin),
    colour: false,
    env: {},
    cwd: folder,
  };
  const code = await run(argv, io);
  return { code, out, err };
}

describe("cimd", () => {
  it("explains itself and knows its commands", async () => {
    expect(await cimd("--help")).toMatchObject({ code: 0, out: expect.stringContaining("check") });
    expect(await cimd()).toMatchObject({ code: 2, err: expect.stringContaining("Usage") });
    expect(await cimd("chekc")).toMatchObject({ code: 2, err: expect.stringContaining('"chekc"') });
    expect(await cimd("constructor")).toMatchObject({ code: 2 });
    for (const command of ["check", "create", "validate", "match", "servers"]) {
      const { code, out } = await cimd(command, "--help");
      expect([command, code, out.includes("Usage: cimd")]).toEqual([command, 0, true]);
    }
  });
});

describe("cimd check", () => {
  it("passes a good file and prints nothing of it", async () => {
    const { code, out } = await cimd("check", "good.cimd.json", "--server", "none");
    expect(out).toBe("1 file checked: 0 errors, 0 warnings\n");
    expect(code).toBe(0);
  });

  it("names file, line and column of an error and exits with 1", async () => {
    const { code, out } = await cimd("check", "sub/bad.cimd.json", "--server", "none");
    expect(out).toMatch(/^sub\/bad\.cimd\.json:2:17: error .* \[client-id\/https\]$/m);
    expect(code).toBe(1);
  });

  it("finds every *.cimd.json when no file is named", async () => {
    const { code, out } = await cimd("check", "--format", "json", "--server", "none");
    const { version, files } = JSON.parse(out) as {
      version: number;
      files: { path: string; problems: unknown[] }[];
    };
    expect(version).toBe(1);
    expect(files.map(({ path: name }) => name).sort()).toEqual([
      "[odd].cimd.json",
      "good.cimd.json",
      "sub/bad.cimd.json",
    ]);
    expect(code).toBe(1);
  });

  it("takes globs, a file whose name looks like one, and standard input", async () => {
    expect((await cimd("check", "sub/*.json", "--server", "none")).code).toBe(1);
    expect((await cimd("check", "[odd].cimd.json", "--server", "none")).code).toBe(0);
    expect((await cimdWith(GOOD, "check", "-", "--server", "none")).code).toBe(0);
    expect(await cimd("check", "none/*.json")).toMatchObject({
      code: 2,
      err: expect.stringContaining("matches no file"),
    });
  });

  it("exits with 2 for a file that cannot be read, and still checks the others", async () => {
    const { code, out, err } = await cimd("check", "missing.json", "good.cimd.json", "--server", "none");
    expect(err).toContain("missing.json");
    expect(out).toContain("1 file checked");
    expect(code).toBe(2);
  });

  it.each([
    [["check", "missing.json"], "missing.json does not exist."],
    [["check", "--config", "missing.json"], "missing.json does not exist."],
    [["match", "http://localhost/callback", "missing.json"], "missing.json does not exist."],
    [
      ["match", "good.cimd.json", "http://localhost/callback"],
      "the redirect URI comes first, then the file.",
    ],
    [["check", "--foo"], "Unknown option '--foo'.\n"],
    [["mcp", "--root", "missing"], "--root takes a folder"],
  ])("%j exits with 2 and says %s", async (argv, message) => {
    expect(await cimd(...argv)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  it("points from validate to check for a file", async () => {
    const { code, out } = await cimd("validate", "good.cimd.json");
    expect(out).toContain("cimd check good.cimd.json");
    expect(code).toBe(1);
  });

  it("compares client_id with --url, for one file only", async () => {
    const { code, out } = await cimd(
      "check",
      "good.cimd.json",
      "--url",
      "https://app.acme.dev/other",
      "--server",
      "none",
    );
    expect(out).toContain("client-id/url-mismatch");
    expect(code).toBe(1);
    expect(
      (await cimd("check", "--url", "https://a.acme.dev/c", "good.cimd.json", "unnamed.json")).code,
    ).toBe(2);
  });

  it("counts warnings against --max-warnings", async () => {
    expect((await cimd("check", "unnamed.json", "--server", "none")).code).toBe(0);
    expect((await cimd("check", "unnamed.json", "--server", "none", "--max-warnings", "0")).code).toBe(1);
    expect((await cimd("check", "unnamed.json", "--server", "none", "--max-warnings", "1")).code).toBe(0);
    expect((await cimd("check", "unnamed.json", "--max-warnings", "few")).code).toBe(2);
  });

  it("changes severities by --rule and refuses what is none", async () => {
    expect(
      (await cimd("check", "sub/bad.cimd.json", "--server", "none", "--rule", "client-id/*=off")).code,
    ).toBe(0);
    expect(
      (await cimd("check", "unnamed.json", "--server", "none", "--rule", "client-name/missing=error")).code,
    ).toBe(1);
    expect((await cimd("check", "unnamed.json", "--rule", "client-name/missing=loud")).code).toBe(2);
  });

  it("takes servers and rules from a settings file; the command line wins", async () => {
    const { code, out } = await cimd(
      "check",
      "unnamed.json",
      "--config",
      "settings.json",
      "--format",
      "json",
    );
    const { files } = JSON.parse(out) as { files: { verdicts: { server: string }[] }[] };
    expect(files[0]?.verdicts.map(({ server }) => server)).toEqual(["oidc-provider"]);
    expect(code).toBe(1);
    const own = await cimd(
      "check",
      "unnamed.json",
      "--config",
      "settings.json",
      "--server",
      "none",
      "--rule",
      "client-name/missing=off",
    );
    expect(own.code).toBe(0);
    expect((await cimd("check", "--config", "missing.json")).code).toBe(2);
  });

  it("takes from cimd.hosting where a file is served, relative to the folder beside .vscode", async () => {
    const settings = (hosting: unknown) => JSON.stringify({ "cimd.hosting": hosting });
    mkdirSync(path.join(folder, "web/.vscode"), { recursive: true });
    mkdirSync(path.join(folder, "web/public"));
    writeFileSync(path.join(folder, "web/public/client.json"), GOOD);
    const rulesOf = async (hosting: unknown, ...more: string[]): Promise<string[]> => {
      writeFileSync(path.join(folder, "web/.vscode/settings.json"), settings(hosting));
      const { out } = await cimd(
        ..."check web/public/client.json --config web/.vscode/settings.json --format json".split(" "),
        ...more,
      );
      const { files } = JSON.parse(out) as { files: { problems: { rule: string }[] }[] };
      return files[0]?.problems.map(({ rule }) => rule) ?? [];
    };
    const elsewhere = { "public/**": "https://elsewhere.acme.dev/" };
    expect(await rulesOf(elsewhere)).toContain("client-id/url-mismatch");
    expect(await rulesOf({ "web/public/**": "https://elsewhere.acme.dev/" })).not.toContain(
      "client-id/url-mismatch",
    );
    expect(await rulesOf(elsewhere, "--url", "https://app.acme.dev/oauth/client")).not.toContain(
      "client-id/url-mismatch",
    );
  });

  it("says which cimd.hosting it cannot use", async () => {
    for (const hosting of [["public"], { "public/**": "http://acme.dev/" }, { "public/**": 1 }]) {
      writeFileSync(path.join(folder, "hosting.json"), JSON.stringify({ "cimd.hosting": hosting }));
      expect(await cimd("check", "good.cimd.json", "--config", "hosting.json")).toMatchObject({
        code: 2,
        err: expect.stringContaining("cimd.hosting"),
      });
    }
  });

  it("asks the servers that many people meet, or the targets; --verdicts all prints all and changes nothing else", async () => {
    const checked = async (...more: string[]) => {
      const { code, out } = await cimd("check", "good.cimd.json", "--format", "json", ...more);
      const [file] = JSON.parse(out).files as { problems: unknown[]; verdicts: { server: string }[] }[];
      return { code, problems: file?.problems, servers: file?.verdicts.map(({ server }) => server) ?? [] };
    };
    const group = await checked();
    const all = await checked("--verdicts", "all");
    expect(group.servers).toContain("fastmcp");
    expect(group.servers).not.toContain("atproto");
    expect(all).toMatchObject({ code: group.code, problems: group.problems });
    expect(all.servers).toEqual(expect.arrayContaining([...group.servers, "atproto"]));
    const target = await checked("--server", "atproto");
    expect(target).toMatchObject({ code: 1, servers: ["atproto"] });
    const more = await checked("--server", "atproto", "--verdicts", "all");
    expect(more).toMatchObject({ code: 1, problems: target.problems, servers: all.servers });
    expect((await checked("--server", "mcp,atproto")).servers.length).toBeGreaterThan(group.servers.length);
    expect((await cimd("check", "good.cimd.json", "--verdicts", "some")).code).toBe(2);
  });

  it("sums up in the words of the view, with the servers by outcome", async () => {
    const { out } = await cimd("check", "good.cimd.json", "--server", "oidc-provider,atproto");
    expect(out).toContain(
      "good.cimd.json: 1 of 2 works · 1 refuses\n  refuse: AT Protocol OAuth provider\n1 file checked",
    );
    const all = await cimd("check", "good.cimd.json", "--server", "oidc-provider", "--verdicts", "all");
    expect(all.out).toMatch(/: 1 of 1 works\n.*: all known servers: \d+ of \d+ work · .*\n {2}refuse: .*\n/);
    expect(all.out).toMatch(/\n {2}work: .*oidc-provider/);
  });

  it("refuses servers it does not know", async () => {
    expect(await cimd("check", "good.cimd.json", "--server", "nobody")).toMatchObject({
      code: 2,
      err: expect.stringContaining("nobody"),
    });
    expect((await cimd("check", "good.cimd.json", "--server", "none,oidc-provider")).code).toBe(2);
  });

  it("writes workflow commands that a value cannot break out of", async () => {
    const { out } = await cimdWith(
      '{"client_id": "https://a.acme.dev/c", "client_name": "x", "redirect_uris": ["https://a.acme.dev/\\n::error::boo%"]}',
      "check",
      "-",
      "--format",
      "github",
      "--server",
      "none",
    );
    for (const line of out.trimEnd().split("\n"))
      expect(line).toMatch(/^::(error|warning|notice) file=-,line=\d+,/);
  });

  it("writes SARIF with a rule for every result", async () => {
    const { out } = await cimd("check", "sub/bad.cimd.json", "--format", "sarif", "--server", "none");
    const log = JSON.parse(out);
    expect(log.version).toBe("2.1.0");
    const [run0] = log.runs;
    const ids = run0.tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(run0.results.length).toBeGreaterThan(0);
    for (const { ruleId, locations } of run0.results) {
      expect(ids).toContain(ruleId);
      expect(locations[0].physicalLocation.artifactLocation.uri).toBe("sub/bad.cimd.json");
      expect(locations[0].physicalLocation.region.startLine).toBe(2);
    }
  });

  it("keeps control characters of a document away from the terminal", async () => {
    const { out } = await cimdWith(
      '{"client_id": "https://a.acme.dev/c", "redirect_urls\\u001b[31m": 1}',
      "check",
      "-",
      "--server",
      "none",
    );
    expect(out).not.toContain("\u001b");
  });
});

describe("cimd match", () => {
  const answer = async (...argv: string[]) => cimdWith(PORTLESS, "match", ...argv, "-");

  it("names the nearest entry, what differs, what to write, and that the port may differ", async () => {
    const { code, out } = await answer("http://127.0.0.1:19876/mcp/oauth/callback");
    expect(code).toBe(1);
    expect(out).toMatch(
      /^refused \(\d+\): FastMCP, .*\n {2}The nearest entry is http:\/\/127\.0\.0\.1\/callback\.\n/m,
    );
    expect(out).toContain("The path differs: /mcp/oauth/callback is sent, and /callback is listed.");
    expect(out).toContain("The port alone would be allowed.");
    expect(out).toContain(
      "Add http://127.0.0.1/mcp/oauth/callback to redirect_uris, or let the client send http://127.0.0.1:19876/callback.",
    );
  });

  it.each([
    "not a url",
    "javascript:alert(1)",
    "urn:ietf:wg:oauth:2.0:oob",
    "http://evil.example.net/callback",
    "https://app.acme.dev/callback#x",
    "https://app.acme.dev:99999/callback",
  ])("never says to add %s", async (redirectUri) => {
    const { out } = await answer(redirectUri);
    expect(out).toMatch(/^ {2}Let the client send https?:\/\/\S+\.$/m);
    expect(out).not.toContain("to redirect_uris");
  });

  it("takes no empty redirect URI", async () => {
    expect((await answer("")).code).toBe(2);
  });

  it("puts what is listed exactly where not everything is known into a group of its own", async () => {
    const { code, out } = await answer("http://127.0.0.1/callback", "--server", "fastmcp,workos");
    expect(code).toBe(0);
    expect(out).toBe(
      "allowed by http://127.0.0.1/callback (1): FastMCP\nlisted exactly; nothing known refuses it (1): WorkOS Connect\n",
    );
  });

  it("decides by the servers asked, whatever --verdicts prints", async () => {
    const few = await answer("http://127.0.0.1/callback", "--server", "fastmcp");
    const all = await answer("http://127.0.0.1/callback", "--server", "fastmcp", "--verdicts", "all");
    expect([few.code, all.code]).toEqual([0, 0]);
    expect(all.out).toContain("document refused");
    const json = await answer("http://127.0.0.1/cb", "--format", "json");
    const found = JSON.parse(json.out) as { server: string; nearest?: unknown }[];
    expect(found.find(({ server }) => server === "fastmcp")).toMatchObject({
      outcome: "refused",
      nearest: { entry: "http://127.0.0.1/callback", differs: ["path"] },
    });
    expect(found.map(({ server }) => server)).not.toContain("atproto");
  });

  it("answers by server and exits with 1 when one refuses", async () => {
    const allowed = await cimd(
      "match",
      "https://app.acme.dev/callback",
      "good.cimd.json",
      "--server",
      "oidc-provider",
    );
    expect(allowed).toMatchObject({
      code: 0,
      out: "allowed by https://app.acme.dev/callback (1): oidc-provider\n",
    });
    const refused = await cimd(
      "match",
      "https://evil.acme.dev/",
      "good.cimd.json",
      "--server",
      "oidc-provider",
      "--format",
      "json",
    );
    expect(JSON.parse(refused.out)).toMatchObject([{ server: "oidc-provider", outcome: "refused" }]);
    expect(refused.code).toBe(1);
    expect((await cimd("match", "https://evil.acme.dev/")).code).toBe(2);
  });

  describe("a whole authorization URL", () => {
    const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    const pasted = (change: Readonly<Record<string, string>> = {}) => {
      const url = new URL("https://auth.acme.dev/authorize?response_type=code&code_challenge_method=S256");
      const parameters = {
        client_id: "https://app.acme.dev/oauth/client",
        redirect_uri: "http://127.0.0.1:4711/callback",
        code_challenge: CHALLENGE,
        resource: "https://mcp.acme.dev/mcp",
        ...change,
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    };

    it("is taken", async () => {
      const { code, out } = await answer(pasted(), "--server", "fastmcp");
      expect(out).toBe("allowed by http://127.0.0.1/callback (1): FastMCP\n");
      expect(code).toBe(0);
    });

    it("says what differs from the document", async () => {
      const { code, out } = await answer(
        pasted({ redirect_uri: "http://127.0.0.1:19876/mcp/oauth/callback", prompt: "none" }),
        "--server",
        "fastmcp",
      );
      expect(out).toBe(
        [
          '! prompt: prompt is "none": it fails for everyone who has not signed in and agreed before.',
          "refused (1): FastMCP",
          "  The nearest entry is http://127.0.0.1/callback.",
          "  The port differs: 19876 is sent, and none is listed.",
          "  The path differs: /mcp/oauth/callback is sent, and /callback is listed.",
          "  The port alone would be allowed.",
          "  Add http://127.0.0.1/mcp/oauth/callback to redirect_uris, or let the client send http://127.0.0.1:19876/callback.",
          "",
        ].join("\n"),
      );
      expect(code).toBe(1);
    });

    it("names the servers that refuse the rest of it, in their words", async () => {
      const { code, out } = await answer(
        pasted({ code_challenge_method: "plain" }),
        "--server",
        "fastmcp,cloudflare-workers-oauth-provider",
      );
      expect(out).toContain("✗ code_challenge: code_challenge_method is plain. MCP clients must use S256.\n");
      expect(out).toContain("refused (2):\n");
      expect(out).toContain(
        "  Cloudflare workers-oauth-provider: The plain PKCE method is not allowed. Use S256 instead.\n",
      );
      expect(code).toBe(1);
    });

    it("says once that client_id is another", async () => {
      const { code, out } = await answer(pasted({ client_id: "abc" }), "--server", "fastmcp,workos");
      expect(out).toMatch(
        /^✗ client_id: client_id is abc, no URL: .*\nrefused \(2\): FastMCP, WorkOS Connect\n$/,
      );
      expect(code).toBe(1);
    });

    it("as JSON has findings and answers", async () => {
      const { out } = await answer(pasted({ resource: "" }), "--server", "fastmcp", "--format", "json");
      expect(JSON.parse(out)).toEqual({
        version: 1,
        findings: [
          {
            part: "resource",
            severity: "warning",
            message: "The request has no resource. MCP clients must send the URL of the MCP server.",
          },
        ],
        answers: [{ server: "fastmcp", outcome: "allowed", matchedBy: "http://127.0.0.1/callback" }],
      });
    });

    it("takes scope and method beside a redirect URI", async () => {
      const sent = "http://127.0.0.1/callback";
      const wrong = await answer(sent, "--server", "workos", "--method", "private_key_jwt");
      expect(wrong.out).toContain(
        '✗ method: The client authenticates with "private_key_jwt", and the document says "none".\n',
      );
      expect(wrong.code).toBe(1);
      const right = await answer(sent, "--server", "workos", "--method", "none", "--scope", "notes");
      expect(right.code).toBe(0);
    });
  });
});

describe("cimd servers", () => {
  it("lists ids, versions, audience, reach and evidence", async () => {
    const { code, out } = await cimd("servers", "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({
        id: "oidc-provider",
        audience: ["mcp"],
        reach: expect.objectContaining({ kind: "downloads", package: "npm:oidc-provider" }),
      }),
    );
    const text = (await cimd("servers")).out;
    expect(text).toMatch(/\n {2}mcp: [\d,]+ downloads of npm:oidc-provider a month \(https:\S+, [\d-]+\)\n/);
    expect(text).toContain("\n  mcp: reach not known\n");
    for (const { id, version, evidence } of JSON.parse(out)) {
      expect(id).toMatch(/^[a-z0-9-]+$/);
      expect(version).not.toBe("");
      expect(evidence.length).toBeGreaterThan(0);
    }
  });
});
