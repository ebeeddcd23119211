import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import { SERVER_FETCHING } from "../../server/src/hosted/serverFetching.js";
import { JSON_CONTENT_TYPE } from "../../server/src/servers/behaviours/jsonContentType.js";
import { evaluate } from "../../server/src/servers/evaluate.js";
import { SERVERS } from "../../server/src/servers/servers.js";

const wantsJson = (id: string) => !["any", undefined].includes(SERVER_FETCHING[id]?.contentType);

describe("a document on raw.githubusercontent.com, which serves plain text", () => {
  const document = new ClientMetadataDocument(
    '{ "client_id": "https://raw.githubusercontent.com/acme/app/main/client.json" }',
  );

  it.each(SERVERS.map((server) => [server.id, server] as const))(
    "is refused by %s where a hosted check would see it refused",
    (id, server) => {
      expect(server.constraints.includes(JSON_CONTENT_TYPE)).toBe(wantsJson(id));
      const { reasons } = evaluate(document, server);
      expect(reasons.some(({ rule, effect }) => rule === "client-id/raw-host" && effect === "blocks")).toBe(
        wantsJson(id),
      );
    },
  );

  it("concerns several servers", () => {
    expect(SERVERS.filter(({ id }) => wantsJson(id)).length).toBeGreaterThan(4);
  });
});
