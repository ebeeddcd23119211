import type { Client } from "@modelcontextprotocol/client";
import { beforeAll, describe, expect, it } from "vitest";
import { RULES } from "../../server/src/rules/rules.js";
import { SERVERS } from "../../server/src/servers/servers.js";
import { fakeFetcher } from "../hosted/fakeFetcher.js";
import { call, connect } from "./connect.js";

const DOCUMENT = JSON.stringify({
  client_id: "https://app.acme.dev/oauth/client",
  client_name: "Acme",
  redirect_uris: ["https://app.acme.dev/callback"],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
});

let client: Client;

beforeAll(async () => {
  client = await connect();
});

describe("the tools", () => {
  it("say what they do to the world", async () => {
    const { tools } = await client.listTools();
    const open = tools.filter(({ annotations }) => annotations?.openWorldHint !== false);
    expect(open.map(({ name }) => name)).toEqual(["validate_hosted_document"]);
    expect(open[0]?.description).toMatch(/^Reaches out to the internet/);
    for (const { name, title, annotations, inputSchema, outputSchema } of tools) {
      expect(annotations, name).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(title, name).toBeTruthy();
      expect(inputSchema, name).toMatchObject({ type: "object", additionalProperties: false });
      expect(outputSchema, name).toMatchObject({ type: "object" });
    }
  });

  it("tell of wrong arguments in the answer", async () => {
    const { isError, text } = await call(client, "explain_rule", { rule: "client-id/https", colour: "red" });
    expect(isError).toBe(true);
    expect(text).toContain("colour");
  });
});

describe("check_document", () => {
  it("gives the sum, and the problems as data", async () => {
    const broken = DOCUMENT.replace("https://app", "http://app");
    const { text, data, isError } = await call(client, "check_document", {
      text: broken,
      servers: ["fastmcp"],
    });
    expect(isError).toBe(false);
    expect(text).toMatch(
      /^1 error, 0 warnings\. Authorization servers: 0 of 1 work · 1 refuses\.\n\n```text\n/,
    );
    expect(text).toContain("[client-id/https]");
    expect(data).toMatchObject({
      errors: 1,
      problems: [{ rule: "client-id/https", severity: "error", pointer: "/client_id" }],
      servers: [
        { server: "fastmcp", sum: "refuses", reasons: [{ rule: "client-id/https", effect: "blocks" }] },
      ],
    });
  });

  it("asks the servers that many people meet, or all", async () => {
    const group = await call(client, "check_document", { text: DOCUMENT });
    const all = await call(client, "check_document", { text: DOCUMENT, verdicts: "all" });
    expect(group.text).toContain("0 errors, 0 warnings");
    expect(group.data?.["servers"]).not.toHaveLength(SERVERS.length);
    expect(all.data?.["servers"]).toHaveLength(SERVERS.length);
  });

  it("stays short for a long document", async () => {
    const uris = Array.from({ length: 5000 }, (_, at) => `http://acme-${at}.dev/cb`);
    const long = JSON.stringify({ ...JSON.parse(DOCUMENT), redirect_uris: uris });
    const { text, data } = await call(client, "check_document", { text: long, verdicts: "all" });
    expect(JSON.stringify(data).length).toBeLessThan(200_000);
    expect(text.length).toBeLessThan(200_000);
  });

  it.each([
    [{}, "There is no document."],
    [{ text: "{}", path: "a.json" }, "Give one of them"],
    [{ text: "{}", servers: ["nobody"] }, "list_servers"],
    [{ path: "a.json" }, "Give the document as text"],
  ])("answers %j with what to do", async (args, cure) => {
    const { isError, text } = await call(client, "check_document", args);
    expect(isError).toBe(true);
    expect(text).toContain(cure);
  });
});

describe("match_redirect_uri", () => {
  it("says who would send a user back there, and what differs", async () => {
    const args = { text: DOCUMENT, redirectUri: "https://app.acme.dev/callbak", servers: ["fastmcp"] };
    const { text, data } = await call(client, "match_redirect_uri", args);
    expect(text).toMatch(/^Of 1 authorization servers, 0 would send the user back there, 1 would not,/);
    expect(data).toMatchObject({
      matches: [
        {
          server: "fastmcp",
          outcome: "refused",
          nearest: { entry: "https://app.acme.dev/callback", differs: ["path"] },
        },
      ],
    });
  });
});

describe("create_document", () => {
  it("makes a document without problems", async () => {
    const { text, data } = await call(client, "create_document", {
      name: "Acme",
      redirectUris: ["http://127.0.0.1/callback"],
      clientId: "https://app.acme.dev/oauth/client",
    });
    expect(data).toMatchObject({ isPlaceholder: false });
    expect(text).toContain(String(data?.["document"]).trimEnd());
    const { data: checked } = await call(client, "check_document", { text: data?.["document"] });
    expect(checked).toMatchObject({ errors: 0, warnings: 0 });
  });

  it("says that a placeholder is one", async () => {
    const { text, data } = await call(client, "create_document", {
      name: "Acme",
      redirectUris: ["http://127.0.0.1/callback"],
    });
    expect(text).toMatch(/^The document is below\. Its client_id is a placeholder/);
    expect(data).toMatchObject({ isPlaceholder: true });
  });

  it("refuses one with errors, and says which", async () => {
    const { isError, text } = await call(client, "create_document", {
      name: "Acme",
      redirectUris: ["https://app.acme.dev/callback#x"],
      clientId: "http://app.acme.dev/oauth/client",
    });
    expect(isError).toBe(true);
    expect(text).toMatch(/\[client-id\/https\][\s\S]*\[redirect-uris\/fragment\]/);
  });
});

describe("explain_rule and the resources", () => {
  it("tell the same", async () => {
    const { text, data } = await call(client, "explain_rule", { rule: "client-id/https" });
    const { contents } = await client.readResource({ uri: "cimd://rules/client-id/https" });
    expect(contents[0]).toMatchObject({ mimeType: "text/markdown", text: expect.stringContaining(text) });
    expect(data).toMatchObject({ rule: "client-id/https", severity: "error" });
  });

  it("list every rule", async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      "cimd://rules",
      ...RULES.map(({ id }) => `cimd://rules/${id}`),
    ]);
    const { contents } = await client.readResource({ uri: "cimd://rules" });
    for (const { id } of RULES) expect(JSON.stringify(contents)).toContain(`\`${id}\``);
  });

  it("complete a rule's id", async () => {
    const { completion } = await client.complete({
      ref: { type: "ref/resource", uri: "cimd://rules/{+id}" },
      argument: { name: "id", value: "client-id/htt" },
    });
    expect(completion.values).toEqual(["client-id/https"]);
  });

  it("name the rules of the field where there is no such rule", async () => {
    const { isError, text } = await call(client, "explain_rule", { rule: "client-id/htps" });
    expect(isError).toBe(true);
    expect(text).toContain("client-id/https");
    expect((await call(client, "explain_rule", { rule: "x" })).text).toContain("cimd://rules");
    await expect(client.readResource({ uri: "cimd://rules/client-id/htps" })).rejects.toThrow(/not found/i);
  });
});

describe("list_servers", () => {
  it("lists all, or some with their evidence", async () => {
    const all = await call(client, "list_servers", {});
    expect(all.data?.["servers"]).toHaveLength(SERVERS.length);
    expect(all.text).toMatch(/^\* fastmcp: FastMCP /m);
    const one = await call(client, "list_servers", { ids: ["keycloak"] });
    expect(one.data).toMatchObject({ servers: [{ id: "keycloak", evidence: expect.arrayContaining([]) }] });
    expect(one.text).toContain("https://");
    expect((await call(client, "list_servers", { ids: ["nobody"] })).isError).toBe(true);
  });
});

describe("validate_hosted_document", () => {
  const url = "https://app.acme.dev/oauth/client";

  it("reports the steps", async () => {
    const { fetcher, requests } = fakeFetcher({ [url]: { body: DOCUMENT } });
    const online = await connect({ fetcher });
    const { text, data } = await call(online, "validate_hosted_document", { url });
    expect(text).toMatch(/^The hosted document is fine\. Authorization servers: /);
    expect(data).toMatchObject({ url, ok: true });
    expect(requests.map((request) => request.url)).toEqual([url]);
    const failed = await call(online, "validate_hosted_document", { url: "https://app.acme.dev/other" });
    expect(failed.text).toMatch(/^\d of \d+ steps failed\./);
    expect(failed.data).toMatchObject({ ok: false });
  });

  it("refuses the addresses of this machine", async () => {
    const { data } = await call(client, "validate_hosted_document", { url: "https://127.0.0.1/client" });
    expect(data).toMatchObject({ ok: false });
  });

  it("ends when the call is cancelled", async () => {
    let signal: AbortSignal | undefined;
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const online = await connect({
      fetcher: (request) =>
        new Promise((_resolve, reject) => {
          signal = request.signal;
          request.signal?.addEventListener("abort", () => reject(request.signal?.reason));
          asked();
        }),
    });
    const controller = new AbortController();
    const answer = online.callTool(
      { name: "validate_hosted_document", arguments: { url } },
      { signal: controller.signal },
    );
    await isAsked;
    controller.abort();
    await expect(answer).rejects.toThrow();
    await expect.poll(() => signal?.aborted).toBe(true);
  });

  it("costs only its own call where it fails unexpectedly", async () => {
    let logged = "";
    const online = await connect({
      fetcher: () => {
        throw new TypeError("broken");
      },
      log: (text) => {
        logged += text;
      },
    });
    const { isError, text } = await call(online, "validate_hosted_document", { url });
    expect(isError).toBe(true);
    expect(text).toContain("please report it");
    expect(logged).toContain("TypeError: broken");
    expect((await call(online, "list_servers", {})).isError).toBe(false);
  });
});
