import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { answer, goodDocument, loopbackFetcher, TestServer } from "./testServer.js";

describe("validateHosted", () => {
  it("reports a good document as good", async () => {
    let url = "";
    await using server = await TestServer.tls((socket) => socket.end(answer({ body: goodDocument(url) })));
    url = server.url();
    const report = await validateHosted(url, {
      fetcher: loopbackFetcher(),
      servers: "none",
    });
    expect(report.ok).toBe(true);
  });
});
