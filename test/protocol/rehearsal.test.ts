import { afterEach, describe, expect, it } from "vitest";
import {
  RehearsalEvent,
  type StartRehearsalParams,
  StartRehearsalResult,
} from "../../server/src/lsp/rehearsalProtocol.js";
import { RehearsalError, type RehearsalOptions } from "../../server/src/rehearsal/rehearsal.js";
import { TestClient } from "./testClient.js";

const URI = "file:///work/app/client.cimd.json";
const DOCUMENT = '{ "client_id": "https://app.acme.dev/client" }';
const LINE_START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** What the language server started, in order, and what of it still runs. */
interface Started {
  readonly options: RehearsalOptions;
  readonly port: number;
  stopped: boolean;
}

let client: TestClient;
let events: RehearsalEvent[];
let started: Started[];

/** A language server whose rehearsals only remember what they were given. @param taken ports that are in use */
async function open({ taken = [], refuses }: { taken?: readonly number[]; refuses?: RehearsalError } = {}) {
  events = [];
  started = [];
  client = await TestClient.start({
    mode: "in-band",
    platform: {
      createFetcher: () => {
        throw new Error("A rehearsal asks nobody.");
      },
      loadRehearsal: async () => ({
        RehearsalError,
        async startRehearsal(options) {
          if (refuses) throw refuses;
          if (taken.includes(options.port ?? 0)) throw new RehearsalError("port-in-use", "taken");
          const one: Started = { options, port: options.port ?? 50_000 + started.length, stopped: false };
          started.push(one);
          return {
            address: `http://127.0.0.1:${one.port}/mcp`,
            port: one.port,
            stop: async () => {
              one.stopped = true;
            },
          };
        },
      }),
    },
  });
  client.connection.onNotification("cimd/rehearsalEvent", (params: unknown) => {
    events.push(RehearsalEvent.parse(params));
  });
}

async function start(params: Partial<StartRehearsalParams> = {}): Promise<StartRehearsalResult> {
  return StartRehearsalResult.parse(
    await client.connection.sendRequest("cimd/startRehearsal", {
      uri: URI,
      server: "specification",
      token: "one",
      ...params,
    }),
  );
}

const stop = (token: string): Promise<unknown> =>
  client.connection.sendRequest("cimd/stopRehearsal", { token });

afterEach(() => client.stop());

describe("cimd/startRehearsal", () => {
  it("follows the text of the open document as it is typed", async () => {
    await open();
    await client.open(URI, DOCUMENT);
    expect(await start()).toMatchObject({
      state: "started",
      address: "http://127.0.0.1:50000/mcp",
      port: 50_000,
    });
    expect(started[0]?.options.text()).toBe(DOCUMENT);
    await client.change(URI, 2, LINE_START, " ");
    await stop("another"); // answered when the edit has arrived
    expect(started[0]?.options.text()).toBe(` ${DOCUMENT}`);
  });

  it("lets the person decide in the browser, and gives the chosen server, or none for the specifications", async () => {
    await open();
    await client.open(URI, DOCUMENT);
    const { servers } = await start();
    await start({ server: "keycloak", token: "two" });
    expect(started.map(({ options }) => options.server)).toEqual([undefined, "keycloak"]);
    expect(started.map(({ options }) => options.consent)).toEqual(["ask", "ask"]);
    expect(servers.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["fastmcp", "specification", "keycloak"]),
    );
  });

  it("offers the servers of the consent preview", async () => {
    await open();
    await client.open(URI, DOCUMENT);
    const { servers } = await client.connection.sendRequest<{ servers: unknown }>("cimd/consentView", {
      uri: URI,
      text: DOCUMENT,
      choices: { server: "fastmcp" },
    });
    expect((await start()).servers).toEqual(servers);
  });

  it("tells each step as it happens, with a title, and the first whole sign-in", async () => {
    await open();
    await client.open(URI, DOCUMENT);
    await start();
    const options = started[0]?.options;
    options?.onStep({ name: "token", outcome: "failed", sentence: "No.", detail: ["Why."], at: 1234 });
    options?.onSignedIn?.();
    await expect
      .poll(() => events)
      .toEqual([
        {
          token: "one",
          event: {
            type: "step",
            step: { title: "Token request", outcome: "failed", sentence: "No.", detail: ["Why."], at: 1234 },
          },
        },
        { token: "one", event: { type: "signedIn" } },
      ]);
  });

  it("listens where it did the last time, and elsewhere when that port is taken", async () => {
    await open({ taken: [50_123] });
    await client.open(URI, DOCUMENT);
    expect(await start({ port: 50_321 })).toMatchObject({ port: 50_321 });
    expect(await start({ port: 50_123 })).toMatchObject({ state: "started", port: 50_001 });
  });

  it("ends the one before, also when both are asked for at once", async () => {
    await open();
    await client.open(URI, DOCUMENT);
    await Promise.all([start({ token: "one" }), start({ token: "two" })]);
    expect(started.map(({ stopped }) => stopped)).toEqual([true, false]);
    await stop("one");
    expect(started[1]?.stopped).toBe(false);
    await stop("two");
    expect(started[1]?.stopped).toBe(true);
  });

  it("says why a document cannot be rehearsed, and offers the servers all the same", async () => {
    await open({ refuses: new RehearsalError("unsupported-document", "An atproto document.") });
    await client.open(URI, DOCUMENT);
    const answer = await start();
    expect(answer).toMatchObject({ state: "refused", reason: "An atproto document." });
    expect(answer.servers.length).toBeGreaterThan(3);
  });

  it("refuses a document that is not open", async () => {
    await open();
    expect(await start()).toMatchObject({ state: "refused", reason: "The document is not open any more." });
    expect(started).toEqual([]);
  });

  it("ends with the document, and says so", async () => {
    await open();
    await client.open(URI, DOCUMENT);
    await client.open("file:///other.cimd.json", DOCUMENT);
    await start();
    await client.close("file:///other.cimd.json");
    await client.close(URI);
    await expect.poll(() => started[0]?.stopped).toBe(true);
    expect(events).toEqual([{ token: "one", event: { type: "ended", reason: "The document was closed." } }]);
    expect(started[0]?.options.text()).toBe(DOCUMENT);
  });

  it.each([{}, { uri: URI }, { uri: URI, server: "fastmcp", token: "one", port: 0 }])(
    "answers %j with an error, and goes on",
    async (params) => {
      await open();
      await client.open(URI, DOCUMENT);
      await expect(client.connection.sendRequest("cimd/startRehearsal", params)).rejects.toThrow(
        "Starting the rehearsal failed",
      );
      expect(await start()).toMatchObject({ state: "started" });
    },
  );
});

describe("the language server as it is shipped", () => {
  it("listens on this machine, says each step, and ends with its process", async () => {
    events = [];
    client = await TestClient.start({ mode: "spawn" });
    client.connection.onNotification("cimd/rehearsalEvent", (params: unknown) => {
      events.push(RehearsalEvent.parse(params));
    });
    await client.open(URI, DOCUMENT);
    const answer = await start({ server: "fastmcp" });
    if (answer.state === "refused") throw new Error(answer.reason);
    expect(answer.address).toBe(`http://127.0.0.1:${answer.port}/mcp`);
    const { status } = await fetch(answer.address, { method: "POST" });
    expect(status).toBe(401);
    const titles = () => events.map(({ event }) => (event.type === "step" ? event.step.title : event.type));
    await expect.poll(titles).toEqual(["Document", "First request"]);
    await client.stop();
    await expect(fetch(answer.address, { method: "POST" })).rejects.toThrow("fetch failed");
    await open(); // for what follows each test
  });
});
