import { describe, expect, it } from "vitest";
import { createBrowserFetcher } from "../../server/src/hosted/browserFetcher.js";
import { describeFault } from "../../server/src/hosted/faults.js";
import type { FetchRequest, FetchTrail } from "../../server/src/hosted/fetcher.js";
import { limitsFor } from "../../server/src/hosted/limits.js";
import { endlessBody, type FakeAnswer, fakeNetwork, hanging, opaqueRedirect } from "./fakeNetwork.js";

const URL_ = "https://app.acme.dev/client.json";

async function exchange(
  url: string,
  answer: FakeAnswer | undefined,
  more: Partial<FetchRequest> & { allowPrivateNetwork?: boolean; isOnline?: boolean } = {},
) {
  const { allowPrivateNetwork, isOnline, ...request } = more;
  const { network, requests } = fakeNetwork(answer === undefined ? {} : { [url]: answer }, isOnline);
  const trail = await createBrowserFetcher({ network, allowPrivateNetwork })({
    url,
    accept: "application/json",
    limits: limitsFor(5),
    ...request,
  });
  return { trail, requests };
}

const textOf = ({ body }: FetchTrail) => new TextDecoder().decode(body?.bytes);

describe("a browser's request", () => {
  it("carries no cookies, no credentials and no referrer, asks no cache and follows nothing", async () => {
    const { trail, requests } = await exchange(`${URL_}#part`, undefined);
    expect(trail.seenBy).toBe("browser");
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe(URL_);
    expect(requests[0]?.init).toMatchObject({
      method: "GET",
      headers: { accept: "application/json" },
      mode: "cors",
      credentials: "omit",
      redirect: "manual",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
  });

  it("posts what a discovery posts", async () => {
    const { requests } = await exchange(URL_, new Response("{}"), { post: '{"id":1}' });
    expect(requests[0]?.init).toMatchObject({
      method: "POST",
      body: '{"id":1}',
      headers: { "content-type": "application/json" },
    });
  });
});

describe("a browser's answer", () => {
  it("is the status, the headers that it shows, and the decoded body", async () => {
    const stages: string[] = [];
    const headers = { "Content-Type": "application/json", "Cache-Control": "max-age=60" };
    const { trail } = await exchange(URL_, new Response("{}", { status: 200, headers }), {
      onStage: (stage) => stages.push(stage),
    });
    expect(trail.response?.status).toBe(200);
    expect(trail.response?.headers.get("cache-control")).toEqual(["max-age=60"]);
    expect(textOf(trail)).toBe("{}");
    expect(trail.body).toMatchObject({ decodedBytes: 2, cappedBy: undefined });
    expect(stages).toEqual(["response", "body"]);
    expect(trail.fault).toBeUndefined();
  });

  it("has no body where only headers were asked for", async () => {
    const { trail } = await exchange(URL_, async () => endlessBody(10), { headersOnly: true });
    expect(trail.response?.status).toBe(200);
    expect(trail.body).toBeUndefined();
    expect(trail.fault).toBeUndefined();
  });

  it("is read to the cap and no further", async () => {
    const limits = { ...limitsFor(5), decodedBytes: 100 };
    const { trail } = await exchange(URL_, async () => endlessBody(64), { limits });
    expect(trail.body?.cappedBy).toBe("decoded");
    expect(trail.body?.bytes).toHaveLength(100);
  });

  it("that has exactly as many bytes as the cap is whole", async () => {
    const limits = { ...limitsFor(5), decodedBytes: 4 };
    const { trail } = await exchange(URL_, new Response("null"), { limits });
    expect(trail.body?.cappedBy).toBeUndefined();
    expect(textOf(trail)).toBe("null");
  });
});

describe("what a browser does not show", () => {
  const faultOf = async (...given: Parameters<typeof exchange>) => {
    const { trail } = await exchange(...given);
    return { fault: trail.fault, sentence: trail.fault && describeFault(trail.fault, trail).sentence };
  };

  it("is an answer without CORS, which nobody can tell from a host that is not there", async () => {
    const { fault, sentence } = await faultOf(URL_, new TypeError("Failed to fetch"));
    expect(fault).toEqual({ stage: "response", code: "not-visible" });
    expect(sentence).toMatch(/does not show what app\.acme\.dev answers, or whether it answers/);
    expect(sentence).toMatch(/Authorization servers do not need CORS/);
  });

  it("is something else where the browser knows that there is no network", async () => {
    const { fault } = await faultOf(URL_, undefined, { isOnline: false });
    expect(fault).toEqual({ stage: "response", code: "offline" });
  });

  it("is where a redirect leads", async () => {
    const { fault, sentence } = await faultOf(URL_, opaqueRedirect());
    expect(fault).toEqual({ stage: "response", code: "redirect-not-visible" });
    expect(sentence).toMatch(/must not follow redirects/);
  });

  it("is why a body broke off", async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new TypeError("network")) });
    const { fault } = await faultOf(URL_, async () => new Response(broken));
    expect(fault).toMatchObject({ stage: "body", code: "exchange-failed" });
  });

  it("ends an exchange that has no reason at all", async () => {
    const { fault } = await faultOf(URL_, new RangeError("odd"));
    expect(fault).toMatchObject({ code: "exchange-failed", detail: "RangeError: odd" });
  });
});

describe("the limits", () => {
  it("end a request that nobody answers", async () => {
    const { trail } = await exchange(URL_, hanging, { limits: { ...limitsFor(5), headersMs: 10 } });
    expect(trail.fault).toEqual({ stage: "response", code: "timeout" });
  });

  it("end a body that does not come", async () => {
    const silent = async (init: Parameters<typeof hanging>[0]) =>
      new Response(
        new ReadableStream({
          start: (controller) =>
            init.signal?.addEventListener("abort", () => controller.error(init.signal?.reason)),
        }),
      );
    const { trail } = await exchange(URL_, silent, { limits: { ...limitsFor(5), totalMs: 10 } });
    expect(trail.fault).toEqual({ stage: "body", code: "timeout" });
  });

  it("are the person's too, before and while it runs", async () => {
    const before = await exchange(URL_, new Response("{}"), { signal: AbortSignal.abort() });
    expect(before.trail.fault).toEqual({ stage: "response", code: "cancelled" });
    expect(before.requests).toHaveLength(0);
    const abort = new AbortController();
    const running = exchange(URL_, hanging, { signal: abort.signal });
    abort.abort();
    expect((await running).trail.fault).toEqual({ stage: "response", code: "cancelled" });
  });
});

describe("hosts that are refused by their names", () => {
  it.each([
    ["http://app.acme.dev/c", "not-https"],
    ["nonsense", "not-a-url"],
    ["https://user:secret@app.acme.dev/c", "userinfo"],
    ["https://app.acme.dev:0/c", "port-zero"],
    ["https://localhost/c", "special-use-name"],
    ["https://app.localhost/c", "special-use-name"],
    ["https://127.0.0.1/c", "special-use-address"],
    ["https://0x7f.1/c", "special-use-address"],
    ["https://10.1.2.3/c", "special-use-address"],
    ["https://169.254.169.254/latest/meta-data", "special-use-address"],
    ["https://[::1]/c", "special-use-address"],
    ["https://[::ffff:127.0.0.1]/c", "special-use-address"],
    ["https://intranet/c", "non-public-name"],
    ["https://printer.local/c", "non-public-name"],
    ["https://app.corp.internal/c", "non-public-name"],
  ] as const)("%s: %s", async (url, code) => {
    const { trail, requests } = await exchange(url, new Response("{}"));
    expect(trail.fault?.code).toBe(code);
    expect(requests).toHaveLength(0);
    expect(trail.fault && describeFault(trail.fault, trail).sentence).toMatch(/\.$/);
  });

  it.each(["https://app.example.com/c", "https://93.184.215.14/c", "https://xn--bcher-kva.example/c"])(
    "are not those of %s",
    async (url) => {
      const { trail, requests } = await exchange(url, new Response("{}"));
      expect(trail.fault).toBeUndefined();
      expect(requests).toHaveLength(1);
    },
  );

  it("are asked where private networks are allowed, and the trail says so", async () => {
    for (const url of ["https://localhost/c", "https://printer.local/c"]) {
      expect(
        (await exchange(url, new Response("{}"), { allowPrivateNetwork: true })).trail.fault,
      ).toBeUndefined();
    }
    const { trail } = await exchange("https://10.1.2.3/c", new Response("{}"), { allowPrivateNetwork: true });
    expect(trail.addresses).toMatchObject({ resolvedBy: "literal", privateAllowed: true });
  });

  it("are asked over plain http only for a loopback origin that a person typed", async () => {
    const typedLoopback = true;
    for (const url of ["http://localhost:8000/mcp", "http://127.0.0.1:8000/mcp", "http://[::1]/mcp"]) {
      expect((await exchange(url, new Response("{}"), { typedLoopback })).trail.fault).toBeUndefined();
    }
    const { trail } = await exchange("http://10.1.2.3/mcp", new Response("{}"), { typedLoopback });
    expect(trail.fault?.code).toBe("not-https");
  });
});
