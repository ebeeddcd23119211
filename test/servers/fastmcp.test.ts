import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { evaluate, isRefusal } from "../../server/src/servers/evaluate.js";
import { fastmcp } from "../../server/src/servers/fastmcp/fastmcp.js";
import { fastmcp3 } from "../../server/src/servers/fastmcp/fastmcp3.js";
import { validateUrl } from "../../server/src/servers/fastmcp/ssrf.js";
import type { ServerProfile } from "../../server/src/servers/profile.js";
import { DOCUMENT_CASES, ROUTING_CASES, textOf, URL_OF_BASE } from "./fixtures/fastmcpDocuments.js";
import { MATCHER_CASES, ONLY_ON_4 } from "./fixtures/fastmcpMatcher.js";

const matches = (server: ServerProfile, uri: string, pattern: string) =>
  server.redirects?.matches(uri, pattern, { applicationType: undefined });

describe("FastMCP's matcher, as observed", () => {
  it.each(MATCHER_CASES)("%j against %j: %s", (uri, pattern, expected) => {
    expect(matches(fastmcp, uri, pattern)).toBe(expected);
  });

  it.each(MATCHER_CASES)("3.4: %j against %j", (uri, pattern, expected) => {
    const loopbackOn4 = ONLY_ON_4.some(([otherUri, otherPattern]) => otherUri === uri && otherPattern === pattern);
    expect(matches(fastmcp3, uri, pattern)).toBe(expected && !loopbackOn4);
  });
});

describe("FastMCP's documents, as observed", () => {
  describe.each([fastmcp, fastmcp3])("$version", (server) => {
    it.each(DOCUMENT_CASES)("$name", (documentCase) => {
      const document = new ClientMetadataDocument(textOf(documentCase), { url: documentCase.url ?? URL_OF_BASE });
      const { verdict, reasons } = evaluate(document, server);
      const refusals = reasons.filter(isRefusal).map(({ message }) => message);
      expect(refusals).toEqual(documentCase.refused === undefined ? [] : [documentCase.refused]);
      expect(verdict).toBe(documentCase.refused === undefined ? "accepts" : "refuses");
    });
  });

  it.each(ROUTING_CASES)("takes %j for a document's URL: %s", (clientId, expected) => {
    const demand = validateUrl(clientId, { requirePath: true })?.demand;
    expect(demand === undefined || demand === "public-address").toBe(expected);
  });
});
