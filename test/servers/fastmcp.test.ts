import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { evaluate, isRefusal } from "../../server/src/servers/evaluate.js";
import { fastmcp } from "../../server/src/servers/fastmcp/fastmcp.js";
import { fastmcp3 } from "../../server/src/servers/fastmcp/fastmcp3.js";
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
      expect(refusals).toEqual(documentCase.refused === undefined ? [] : [documentCase.refused]);
      expect(verdict).toBe(documentCase.refused === undefined ? "accepts" : "refuses");
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
    const demand = validateUrl(clientId, { requirePath: true })?.demand;
    expect(demand === undefined || demand === "public-address").toBe(expected);
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
