import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  HostingConfigurationError,
  hostingConfiguration,
  pathsToConfigure,
} from "../../server/src/create/hostingConfiguration.js";
import { HOSTING_SERVICES } from "../../server/src/hosted/hostAdvice.js";

const PATH = "/oauth/client.cimd.json";
const RULE = `${PATH}\n  Content-Type: application/json\n  Cache-Control: public, max-age=3600\n`;
const advice = (id: string) =>
  HOSTING_SERVICES.find((service) => service.id === id)?.advice("content-type", PATH) ?? "";

describe("paths", () => {
  it("are the document's, and its key set's on the same host", () => {
    const clientId = `https://app.acme.dev${PATH}`;
    expect(pathsToConfigure(clientId, "")).toEqual([PATH]);
    expect(pathsToConfigure(clientId, "https://app.acme.dev/oauth/jwks.json")).toEqual([
      PATH,
      "/oauth/jwks.json",
    ]);
    expect(pathsToConfigure(clientId, "https://keys.acme.dev/jwks.json")).toEqual([PATH]);
  });

  it.each([
    "",
    "nonsense",
    "https://a.dev/",
    "https://a.dev/*",
    "https://a.dev/:x",
    "https://a.dev/a b",
    "https://a.dev/a;b",
    "https://a.dev/'$(x)'",
    "https://a.dev/(.*)",
    "https://a.dev/%0aX",
  ])("are refused for %s", (clientId) => {
    expect(() => pathsToConfigure(clientId, "")).toThrow(HostingConfigurationError);
  });

  it("never hold anything but plain characters", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.string(), (url, end) => {
        let paths: readonly string[] = [];
        try {
          paths = pathsToConfigure(url + end, "");
        } catch (error) {
          expect(error).toBeInstanceOf(HostingConfigurationError);
        }
        for (const path of paths) expect(path).toMatch(/^\/[\w./~-]+$/);
      }),
    );
  });
});

describe.each(["cloudflare-pages", "netlify"] as const)("_headers of %s", (host) => {
  it("is made, and stays as it is the second time", () => {
    const text = hostingConfiguration(host, [PATH], "");
    expect(text).toBe(RULE);
    expect(hostingConfiguration(host, [PATH], text)).toBe(text);
  });

  it("keeps other rules and the rule's other headers, and replaces the two", () => {
    const existing = `# Ours\n/a\n  X-A: 1\n${PATH}\n  X-B: 2\n  content-type: text/plain\n\n/c\n  X-C: 3\n`;
    expect(hostingConfiguration(host, [PATH], existing)).toBe(
      `# Ours\n/a\n  X-A: 1\n${PATH}\n  X-B: 2\n  Content-Type: application/json\n  Cache-Control: public, max-age=3600\n\n/c\n  X-C: 3\n`,
    );
  });

  it("configures several paths", () => {
    expect(hostingConfiguration(host, [PATH, "/jwks.json"], "")).toBe(
      RULE + RULE.replace(PATH, "/jwks.json"),
    );
  });
});

describe("a header that a wider rule sets as well", () => {
  const existing = "/*\n  Cache-Control: no-store\n";

  it("is taken off first on Cloudflare Pages, which joins values", () => {
    const text = hostingConfiguration("cloudflare-pages", [PATH], existing);
    expect(text).toBe(
      `${existing}${PATH}\n  ! Cache-Control\n  Content-Type: application/json\n  Cache-Control: public, max-age=3600\n`,
    );
    expect(hostingConfiguration("cloudflare-pages", [PATH], text)).toBe(text);
  });

  it("is left alone on Netlify", () => {
    expect(hostingConfiguration("netlify", [PATH], existing)).toBe(existing + RULE);
  });
});

describe("vercel.json", () => {
  const rule = {
    source: PATH,
    headers: [
      { key: "Content-Type", value: "application/json" },
      { key: "Cache-Control", value: "public, max-age=3600" },
    ],
  };

  it("is made, and stays as it is the second time", () => {
    const text = hostingConfiguration("vercel", [PATH], "");
    expect(JSON.parse(text)).toEqual({ headers: [rule] });
    expect(hostingConfiguration("vercel", [PATH], text)).toBe(text);
  });

  it("keeps what is there", () => {
    const existing = { cleanUrls: true, headers: [{ source: "/a", headers: [{ key: "X-A", value: "1" }] }] };
    expect(JSON.parse(hostingConfiguration("vercel", [PATH], JSON.stringify(existing)))).toEqual({
      ...existing,
      headers: [...existing.headers, rule],
    });
    const own = {
      headers: [
        {
          source: PATH,
          headers: [
            { key: "X-A", value: "1" },
            { key: "content-type", value: "x" },
          ],
        },
      ],
    };
    expect(JSON.parse(hostingConfiguration("vercel", [PATH], JSON.stringify(own)))).toEqual({
      headers: [{ ...rule, headers: [{ key: "X-A", value: "1" }, ...rule.headers] }],
    });
  });

  it.each(["[]", "nonsense", '{ "headers": {} }'])("is refused where it is %s", (existing) => {
    expect(() => hostingConfiguration("vercel", [PATH], existing)).toThrow(HostingConfigurationError);
  });
});

describe("hosts without a file in the project", () => {
  it("get text to paste", () => {
    expect(hostingConfiguration("nginx", [PATH], "")).toBe(
      `# Inside the server block\nlocation = ${PATH} {\n    types { }\n    default_type application/json;\n    add_header Cache-Control "public, max-age=3600";\n}\n`,
    );
    expect(hostingConfiguration("s3", [PATH], "")).toBe(
      `# Put your bucket's name in\naws s3 cp ./client.cimd.json s3://BUCKET${PATH} --content-type application/json --cache-control "public, max-age=3600"\n`,
    );
  });
});

describe("the advice of hosted checks", () => {
  it.each(["cloudflare-pages", "netlify", "vercel", "nginx", "s3"] as const)(
    "says the same for %s",
    (host) => {
      const said = advice(host === "s3" ? "s3-cloudfront" : host);
      for (const fact of [PATH, "application/json", "public, max-age=3600"]) {
        expect(said).toContain(fact);
        expect(hostingConfiguration(host, [PATH], "")).toContain(fact);
      }
    },
  );
});
