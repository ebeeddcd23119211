import { describe, expect, it } from "vitest";
import { checkDocument } from "../../server/src/api/checkDocument.js";
import { matchRedirectUri } from "../../server/src/api/matchRedirectUri.js";
import { ClientMetadataDocument, MAX_BYTES } from "../../server/src/document/clientMetadataDocument.js";

/** A document of so many bytes with more than one thing wrong. */
function documentOf(bytes: number, filling = "a"): string {
  const start = '{ "client_id": "http://app.acme.dev/c", "redirect_uris": ["*"], "client_name": "';
  const end = '" }';
  const width = Buffer.byteLength(filling);
  const left = bytes - start.length - end.length;
  return start + filling.repeat(Math.floor(left / width)) + "x".repeat(left % width) + end;
}

describe.each([
  ["ASCII", "a"],
  ["three-byte characters", "\u20ac"],
  ["pairs of surrogates", "\u{1f510}"],
])("a document of %s", (_, filling) => {
  it("is looked at up to 1,048,576 bytes", () => {
    const document = new ClientMetadataDocument(documentOf(MAX_BYTES, filling));
    expect(document.byteLength).toBe(1_048_576);
    expect(document.tooLarge).toBe(false);
    expect(document.has("client_id")).toBe(true);
  });

  it("is only too large with one byte more", () => {
    const text = documentOf(MAX_BYTES + 1, filling);
    expect(Buffer.byteLength(text)).toBe(1_048_577);
    const { problems, verdicts } = checkDocument(text);
    expect(problems).toMatchObject([{ rule: "document/size", severity: "error", pointer: "" }]);
    expect(problems[0]?.message).toContain("only its size and its syntax were checked");
    for (const { server, verdict, reasons, signIn } of verdicts) {
      expect(
        reasons.map(({ rule }) => rule),
        server,
      ).toEqual(verdict === "refuses" ? ["document/size"] : []);
      expect(verdict, server).not.toBe("accepts");
      expect(signIn, server).toEqual([]);
    }
    expect(verdicts.some(({ verdict }) => verdict === "refuses")).toBe(true);
  });
});

describe("a document that is too large", () => {
  it("still gets its syntax checked", () => {
    const text = `${documentOf(MAX_BYTES + 1).slice(0, -1)}, }`;
    expect(checkDocument(text).problems.map(({ rule }) => rule)).toEqual([
      "document/size",
      "document/trailing-comma",
    ]);
  });

  it("allows no redirect URI", () => {
    const outcomes = new Set(
      matchRedirectUri(documentOf(MAX_BYTES + 1), "https://app.acme.dev/cb").map(({ outcome }) => outcome),
    );
    expect([...outcomes].sort()).toEqual(["document-refused", "unknown"]);
  });
});

describe("a list of 1,500 redirects", () => {
  const entries = Array.from({ length: 1_500 }, (_, index) => `https://app.acme.dev/${index}`);
  const text = JSON.stringify({ client_id: "https://app.acme.dev/c", redirect_uris: entries });

  it("has its first 1,000 entries looked at, which the problem of its size says, and all counted", () => {
    const document = new ClientMetadataDocument(text);
    expect(document.redirects.map(({ node }) => node.value)).toEqual(entries.slice(0, 1_000));
    expect(document.redirectCount).toBe(1_500);
    const { problems, verdicts } = checkDocument(text);
    expect(problems.find(({ rule }) => rule === "document/size")?.message).toContain(
      "only the first 1000 entries were looked at one by one",
    );
    for (const { omitted } of verdicts) expect(omitted).toMatchObject({ signIn: 1_400 });
  });

  it("is not said to lack an entry behind those", () => {
    const allowing = (redirectUri: string | undefined) =>
      matchRedirectUri(text, redirectUri ?? "").filter(({ outcome }) => outcome === "allowed");
    const servers = allowing(entries[999]).map(({ server }) => server);
    expect(servers.length).toBeGreaterThan(0);
    const behind = matchRedirectUri(text, entries[1_400] ?? "", { servers });
    expect(behind.map(({ outcome }) => outcome)).not.toContain("refused");
  });
});
