import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { discover } from "../../server/src/cli/discover.js";
import { type CliIo, UsageError } from "../../server/src/cli/io.js";
import { run } from "../../server/src/cli/main.js";
import { validate } from "../../server/src/cli/validate.js";
import type { Fetcher } from "../../server/src/hosted/fetcher.js";
import { type FakeAnswer, fakeFetcher } from "./fakeFetcher.js";
import { goodDocument } from "./testServer.js";

const URL_ = "https://app.acme.dev/client.json";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cimd-hosted-"));
  writeFileSync(path.join(folder, "client.cimd.json"), goodDocument(URL_));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Subcommand = (argv: readonly string[], io: CliIo, fetcher?: Fetcher) => Promise<number>;

async function call(
  command: Subcommand,
  argv: readonly string[],
  answers: Readonly<Record<string, FakeAnswer>> = {},
) {
  let out = "";
  let err = "";
  const io: CliIo = {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    readStdin: () => Promise.resolve(""),
    colour: false,
    env: {},
    cwd: folder,
  };
  const { fetcher, requests } = fakeFetcher(answers);
  const code = await command(argv, io, fetcher);
  return { code, out, err, requests };
}

const served = (body: string, more: FakeAnswer = {}) => ({
  [URL_]: { headers: { "cache-control": "max-age=3600" }, body, ...more },
});

describe("cimd validate", () => {
  it("says what FastMCP's command says of a good document, and more", async () => {
    const body = goodDocument(URL_, { scope: "notes:read", client_uri: "https://app.acme.dev" });
    const { code, out, err } = await call(validate, [URL_], served(body));
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(
      out.startsWith(`→ Fetching ${URL_}...
✓ Valid CIMD document

Document details:
  client_id: ${URL_}
  client_name: Acme Notes
  token_endpoint_auth_method: none
  redirect_uris:
    • http://127.0.0.1/callback
  scope: notes:read
  client_uri: https://app.acme.dev
`),
    ).toBe(true);
    expect(out).toContain("✓ Content type: application/json, as every server wants it.");
  });

  it("says what is not set", async () => {
    const body = goodDocument(URL_, { client_name: undefined, token_endpoint_auth_method: undefined });
    const { out } = await call(validate, [URL_, "--server", "fastmcp"], served(body));
    expect(out).toContain("  client_name: (not set)\n  token_endpoint_auth_method: none\n");
  });

  for (const url of [
    "http://app.acme.dev/client.json",
    "https://app.acme.dev/",
    "https://app.acme.dev",
    "app.acme.dev/client.json",
    "https:///client.json",
  ]) {
    it(`refuses ${url} as FastMCP's command does`, async () => {
      const { code, out, requests } = await call(validate, [url]);
      expect(code).toBe(1);
      expect(out).toBe(`✗ Invalid CIMD URL: ${url}

CIMD URLs must:
  • Use HTTPS (not HTTP)
  • Have a non-root path (e.g., /client.json, not just /)
`);
      expect(requests).toEqual([]);
    });
  }

  const FAILURES: readonly (readonly [
    name: string,
    answers: Readonly<Record<string, FakeAnswer>>,
    line: RegExp,
  ])[] = [
    [
      "404",
      { [URL_]: { status: 404 } },
      /^✗ Failed to fetch document: The answer is 404: there is no document at this URL\.$/m,
    ],
    [
      "a redirect",
      { [URL_]: { status: 301, headers: { location: `${URL_}/` } } },
      /^✗ Failed to fetch document: The URL redirects \(301\) to /m,
    ],
    [
      "6000 bytes",
      served(goodDocument(URL_, { client_uri: `https://app.acme.dev/${"a".repeat(6000)}` })),
      /^✗ Failed to fetch document: The document has \d+ bytes, more than the 5120 bytes most servers read\.$/m,
    ],
    ["HTML", served("<!doctype html>"), /^✗ Validation error: The body is a web page, not JSON/m],
    [
      "a mismatch",
      served(goodDocument(`${URL_}x`)),
      /^✗ Validation error: client_id is not the URL it was fetched from: /m,
    ],
    [
      "a special-use address",
      {
        [URL_]: {
          fault: { stage: "addresses", code: "special-use-address", detail: "10.0.0.1 is a private address" },
        },
      },
      /^✗ Validation error: app\.acme\.dev resolves to an address/m,
    ],
    [
      "a shared secret",
      served(goodDocument(URL_, { token_endpoint_auth_method: "client_secret_basic" })),
      /^✗ Validation error: /m,
    ],
    [
      "a redirect URI FastMCP cannot read",
      served(goodDocument(URL_, { redirect_uris: ["https:///callback"] })),
      /^✗ Validation error: /m,
    ],
  ];
  for (const [name, answers, line] of FAILURES) {
    it(`fails on ${name}`, async () => {
      const { code, out } = await call(validate, [URL_], answers);
      expect(out).toMatch(line);
      expect(code).toBe(1);
    });
  }

  it("asks only the named servers", async () => {
    const body = goodDocument(URL_, { redirect_uris: ["com.acme.notes:/callback"] });
    expect((await call(validate, [URL_, "--server", "oidc-provider"], served(body))).code).toBe(0);
    expect((await call(validate, [URL_, "--server", "fastmcp-3"], served(body))).code).toBe(1);
  });

  it("prints the report as JSON", async () => {
    const { code, out } = await call(validate, [URL_, "--format", "json"], served(goodDocument(URL_)));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      url: URL_,
      ok: true,
      steps: expect.arrayContaining([expect.objectContaining({ id: "identity", state: "passed" })]),
    });
    const failed = await call(validate, ["https://app.acme.dev/", "--format", "json"], {});
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.out)).toMatchObject({ ok: false });
  });

  it("makes control characters of a hostile document visible", async () => {
    const { out } = await call(
      validate,
      [URL_],
      served(goodDocument(URL_, { client_name: "a\u001b[2Jb\u202e" })),
    );
    expect(out).toContain("client_name: a\\u001b[2Jb\\u202e");
    expect(out).not.toMatch(/[\u001b\u202e]/);
  });

  it("takes the timeout and the extras", async () => {
    const { requests } = await call(validate, [URL_, "-t", "3", "--extra", "logo,links"], {
      ...served(
        goodDocument(URL_, { logo_uri: "https://app.acme.dev/l.png", client_uri: "https://app.acme.dev/" }),
      ),
    });
    expect(requests.map(({ url }) => url)).toEqual([
      URL_,
      "https://app.acme.dev/l.png",
      "https://app.acme.dev/",
    ]);
    expect(requests[0]?.limits.totalMs).toBe(3000);
  });

  it("names wrong usage", async () => {
    for (const argv of [
      [],
      [URL_, URL_],
      [URL_, "--timeout", "abc"],
      [URL_, "--timeout", "-1"],
      [URL_, "--timeout", ""],
      [URL_, "--format", "xml"],
      [URL_, "--server", "nobody"],
      [URL_, "--extra", "x"],
      [URL_, "--nonsense"],
    ]) {
      await expect(call(validate, argv)).rejects.toThrow(UsageError);
    }
    const { code, out } = await call(validate, ["--help"]);
    expect(code).toBe(0);
    expect(out).toContain("Usage: cimd validate URL");
  });
});

describe("cimd discover", () => {
  const MCP = "https://mcp.acme.dev/mcp";
  const answers = (
    advertised: Readonly<Record<string, unknown>> = {},
  ): Readonly<Record<string, FakeAnswer>> => ({
    [MCP]: { status: 401 },
    "https://mcp.acme.dev/.well-known/oauth-protected-resource/mcp": {
      body: JSON.stringify({ resource: MCP, authorization_servers: ["https://auth.acme.dev"] }),
    },
    "https://auth.acme.dev/.well-known/oauth-authorization-server": {
      body: JSON.stringify({
        issuer: "https://auth.acme.dev",
        client_id_metadata_document_supported: true,
        code_challenge_methods_supported: ["S256"],
        token_endpoint_auth_methods_supported: ["none"],
        ...advertised,
      }),
    },
  });

  it("exits with 0 when it is supported", async () => {
    const { code, out } = await call(discover, [MCP], answers());
    expect(code).toBe(0);
    expect(out).toContain("✓ Issuer: ");
    expect(out).toMatch(/\n✓ Client metadata documents are supported\.\n$/);
  });

  it("exits with 0 where the document can be used", async () => {
    const { code, out } = await call(discover, [MCP, "--document", "client.cimd.json"], answers());
    expect(code).toBe(0);
    expect(out).toContain("! Your document: ");
    expect(out).toMatch(/\n✓ Clients can use the document\.\n$/);
  });

  it.each([
    [
      { client_id_metadata_document_supported: false },
      "✗ No authorization server advertises support for client metadata documents.",
    ],
    [
      { token_endpoint_auth_methods_supported: ["client_secret_basic"] },
      "✗ Client metadata documents are advertised, but public clients cannot use them: see above.",
    ],
    [
      { code_challenge_methods_supported: ["plain"] },
      "✗ Client metadata documents are advertised, but public clients cannot use them: see above.",
    ],
  ])("exits with 1 for %j", async (advertised, last) => {
    const { code, out } = await call(discover, [MCP], answers(advertised));
    expect(code).toBe(1);
    expect(out.endsWith(`\n${last}\n`)).toBe(true);
  });

  it("exits with 1 where the document's method is missing", async () => {
    const { code, out } = await call(
      discover,
      [MCP, "--document", "client.cimd.json"],
      answers({ token_endpoint_auth_methods_supported: ["private_key_jwt"] }),
    );
    expect(code).toBe(1);
    expect(out).toContain("✗ Your document: Clients cannot use your document with this server.");
    expect(out).toMatch(/\n✗ Clients cannot use the document: see above\.\n$/);
  });

  it("prints JSON, help, and wrong usage", async () => {
    const { out } = await call(discover, [MCP, "--format", "json"], answers());
    expect(JSON.parse(out)).toMatchObject({ version: 1, url: MCP, supported: true, usable: true });
    expect((await call(discover, ["--help"])).code).toBe(0);
    for (const argv of [[], [MCP, MCP], [MCP, "--format", "xml"], [MCP, "--document", "missing.json"]]) {
      await expect(call(discover, argv)).rejects.toThrow(UsageError);
    }
  });
});

it("the command line refuses loopback by literal and by name", async () => {
  for (const url of ["https://127.0.0.1/x.json", "https://localhost/x.json"]) {
    const { code, out } = await call((argv, io) => run(argv, io), ["validate", url]);
    expect(code).toBe(1);
    expect(out).toContain("authorization servers must not fetch from it and this check does not either.");
  }
});
