import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { evaluate, isRefusal } from "../../server/src/servers/evaluate.js";
import { fastmcp } from "../../server/src/servers/fastmcp/fastmcp.js";
import { fastmcp3 } from "../../server/src/servers/fastmcp/fastmcp-3.js";
import { validateUrl } from "../../server/src/servers/fastmcp/ssrf.js";
import type { ServerProfile } from "../../server/src/servers/profile.js";
import {
  DERIVED_ACCEPTED,
  DERIVED_REFUSED,
  DOCUMENT_CASES,
  type DocumentCase,
  ROUTING_CASES,
  textOf,
  URL_OF_BASE,
} from "./fixtures/fastmcpDocuments.js";
import { MATCHER_CASES, ONLY_ON_4 } from "./fixtures/fastmcpMatcher.js";

const matches = (server: ServerProfile, uri: string, pattern: string) =>
  server.redirects?.matches(uri, pattern, { applicationType: undefined });

const documentOf = (documentCase: DocumentCase) =>
  new ClientMetadataDocument(textOf(documentCase), { url: documentCase.url ?? URL_OF_BASE });

describe("FastMCP's matcher, as observed", () => {
  it.each(MATCHER_CASES)("%j against %j: %s", (uri, pattern, expected) => {
    expect(matches(fastmcp, uri, pattern)).toBe(expected);
  });

  it.each(MATCHER_CASES)("3.4: %j against %j", (uri, pattern, expected) => {
    const loopbackOn4 = ONLY_ON_4.some(
      ([otherUri, otherPattern]) => otherUri === uri && otherPattern === pattern,
    );
    expect(matches(fastmcp3, uri, pattern)).toBe(expected && !loopbackOn4);
  });
});

describe("FastMCP's documents, as observed", () => {
  describe.each([fastmcp, fastmcp3])("$version", (server) => {
    it.each(DOCUMENT_CASES)("$name", (documentCase) => {
      const document = new ClientMetadataDocument(textOf(documentCase), {
        url: documentCase.url ?? URL_OF_BASE,
      });
      const { verdict, reasons } = evaluate(document, server);
      const refusals = reasons.filter(isRefusal).map(({ message }) => message);
      const on3 = server === fastmcp3 ? documentCase.refusedOn3 : undefined;
      const expected = documentCase.refused ?? on3;
      expect(refusals).toEqual(expected === undefined ? [] : [expected]);
      expect(verdict).toBe(expected === undefined ? "accepts" : "refuses");
    });
  });

  it.each(DERIVED_ACCEPTED)("accepts $name", (documentCase) => {
    const { verdict, reasons } = evaluate(documentOf(documentCase), fastmcp);
    expect(reasons.filter(isRefusal)).toEqual([]);
    expect(verdict).toBe("accepts");
  });

  it.each(DERIVED_REFUSED)("refuses $name", (documentCase) => {
    expect(evaluate(documentOf(documentCase), fastmcp).verdict).toBe("refuses");
  });

  it.each(ROUTING_CASES)("takes %j for a document's URL: %s", (clientId, expected) => {
    const requirement = validateUrl(clientId, { requirePath: true })?.requirement;
    expect(requirement === undefined || requirement === "public-address").toBe(expected);
  });
});

describe("each constraint of FastMCP", () => {
  const cases = [...DOCUMENT_CASES, ...DERIVED_REFUSED];
  const loading = fastmcp.constraints.filter(({ stage }) => stage === "fetch" || stage === "document");
  /** Whatever these find, another constraint finds too: the model's own URL parser refuses the same texts. */
  const neverAlone = ["url-parses", "url-authority", "url-port"];

  it.each(loading.map(({ id }) => id))("%s decides a verdict", (id) => {
    const without = {
      ...fastmcp,
      constraints: fastmcp.constraints.filter((constraint) => constraint.id !== id),
    };
    const changed = cases.filter((documentCase) => {
      const document = documentOf(documentCase);
      const [full, less] = [evaluate(document, fastmcp), evaluate(document, without)];
      return neverAlone.includes(id)
        ? full.reasons.filter(isRefusal).length > less.reasons.filter(isRefusal).length
        : full.verdict !== less.verdict;
    });
    expect(changed.length).toBeGreaterThan(0);
  });

  it("has its own id", () => {
    const ids = fastmcp.constraints.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("the rule that a refusal of FastMCP belongs to", () => {
  const place = (members: Readonly<Record<string, unknown>>, url?: string) =>
    evaluate(documentOf({ name: "", members, ...(url === undefined ? {} : { url }) }), fastmcp)
      .reasons.filter(isRefusal)
      .map(({ rule, pointer }) => [rule, pointer]);
  const samePlace = (url: string) => place({ client_id: url }, url);

  it.each([
    ["https://app.example.com/bücher", "client-id/non-ascii"],
    ["https://app.example.com/a\\b", "client-id/backslash"],
    ["HTTPS://app.example.com/c", "client-id/scheme-case"],
    ["https://APP.example.com/c", "client-id/host-case"],
    ["https://app.example.com:443/c", "client-id/default-port"],
    ["https://app.example.com:/c", "client-id/default-port"],
    ["https://app.example.com/./c", "client-id/dot-segment"],
    ["https://app.example.com/%2E/c", "client-id/dot-segment-encoded"],
    ["https://app.example.com/{c}", "client-id/illegal-character"],
    ["https://app.example.com:08443/c", "client-id/url-mismatch"],
    ["https://app.example.com", "client-id/path-required"],
    ["https://app.example.com/", "client-id/root-path"],
    ["http://app.example.com/c", "client-id/https"],
    ["https://10.0.0.1/c", "client-id/special-use-host"],
    ["https://a..b/c", "client-id/absolute-url"],
  ])("%s: %s", (url, rule) => {
    expect(samePlace(url)).toEqual([[rule, "/client_id"]]);
  });

  it("is the URL's own when the document says another one", () => {
    expect(place({}, "http://app.example.com/client.json")).toEqual([
      ["client-id/https", undefined],
      ["client-id/url-mismatch", "/client_id"],
    ]);
  });

  it.each([
    [{ client_id: undefined }, "client-id/missing", undefined],
    [{ client_id: 1 }, "client-id/type", "/client_id"],
    [{ client_id: "" }, "client-id/type", "/client_id"],
    [{ client_id: null }, "document/null-value", "/client_id"],
    [{ client_id: "x" }, "client-id/absolute-url", "/client_id"],
    [{ client_id: "ftp://a/b" }, "client-id/https", "/client_id"],
    [{ redirect_uris: undefined }, "redirect-uris/missing", undefined],
    [{ redirect_uris: [] }, "redirect-uris/empty", "/redirect_uris"],
    [{ redirect_uris: "x" }, "redirect-uris/type", "/redirect_uris"],
    [{ redirect_uris: null }, "document/null-value", "/redirect_uris"],
    [{ redirect_uris: ["http://a/", 1] }, "redirect-uris/type", "/redirect_uris/1"],
    [{ redirect_uris: ["http://a/", " "] }, "redirect-uris/type", "/redirect_uris/1"],
    [{ redirect_uris: ["http://a/", "/cb"] }, "redirect-uris/absolute", "/redirect_uris/1"],
    [{ redirect_uris: ["http://["] }, "redirect-uris/absolute", "/redirect_uris/0"],
    [{ redirect_uris: ["https:///cb"] }, "redirect-uris/absolute", "/redirect_uris/0"],
    [
      { token_endpoint_auth_method: "client_secret_post" },
      "auth-method/shared-secret",
      "/token_endpoint_auth_method",
    ],
    [{ token_endpoint_auth_method: "tls_client_auth" }, "auth-method/unknown", "/token_endpoint_auth_method"],
    [{ token_endpoint_auth_method: "NONE" }, "auth-method/case", "/token_endpoint_auth_method"],
    [{ token_endpoint_auth_method: null }, "document/null-value", "/token_endpoint_auth_method"],
    [{ token_endpoint_auth_method: [] }, "document/wrong-type", "/token_endpoint_auth_method"],
    [{ client_name: 1 }, "document/wrong-type", "/client_name"],
    [{ grant_types: null }, "document/null-value", "/grant_types"],
    [{ contacts: ["a", null] }, "document/wrong-type", "/contacts/1"],
    [{ client_uri: "" }, "document/empty-string", "/client_uri"],
    [{ client_uri: 1 }, "document/wrong-type", "/client_uri"],
    [{ client_uri: "x" }, "uri/absolute", "/client_uri"],
    [{ client_uri: "data:x" }, "uri/unsafe-scheme", "/client_uri"],
    [{ logo_uri: "data:x" }, "logo-uri/data", "/logo_uri"],
    [{ logo_uri: "blob:x" }, "uri/unsafe-scheme", "/logo_uri"],
    [{ jwks: [] }, "document/wrong-type", "/jwks"],
    [{ jwks_uri: "http://a/k" }, "jwks-uri/https", "/jwks_uri"],
    [{ jwks_uri: "https://[::1]/k" }, "uri/special-use-host", "/jwks_uri"],
  ])("%j: %s", (members, rule, pointer) => {
    expect(place(members)).toEqual([[rule, pointer]]);
  });

  it.each([
    ["com.example.app:/cb", "redirect-uris/private-use-fastmcp"],
    ["data:x", "redirect-uris/unsafe-scheme"],
    ["URN:x", "redirect-uris/private-use-fastmcp"],
    [" urn:x", "redirect-uris/private-use-fastmcp"],
  ])("of FastMCP 3, for %j without a host: %s", (uri, rule) => {
    const document = documentOf({ name: "", members: { redirect_uris: [uri] } });
    const refusals = evaluate(document, fastmcp3).reasons.filter(isRefusal);
    expect(refusals.map((reason) => [reason.rule, reason.pointer])).toEqual([[rule, "/redirect_uris/0"]]);
    expect(evaluate(document, fastmcp).verdict).toBe("accepts");
  });

  it.each([
    ["{", "document/json-syntax"],
    ['{"a":1,}', "document/trailing-comma"],
    ["{}//", "document/comment"],
    ['{"a":"\\x"}', "document/invalid-string"],
    ['{"a":01}', "document/invalid-number"],
    [`[${"[".repeat(1000)}`, "document/too-deep"],
    [`[${"1".repeat(4301)}]`, "document/json-syntax"],
    ["[]", "document/not-object"],
    ["x".repeat(5121), "document/size"],
  ])("%j: %s", (text, rule) => {
    const { reasons } = evaluate(documentOf({ name: "", text }), fastmcp);
    expect(reasons.map((reason) => reason.rule)).toEqual([rule]);
  });
});
