import { describe, expect, it } from "vitest";
import { nearestEntry } from "../../server/src/redirects/nearest.js";

describe("the entry nearest to a request", () => {
  it.each([
    ["https://a.dev/cb", ["https://a.dev/cb"], "https://a.dev/cb", []],
    [
      "http://127.0.0.1:51353/cb",
      ["https://a.dev/cb", "http://127.0.0.1/cb"],
      "http://127.0.0.1/cb",
      ["port"],
    ],
    [
      "http://127.0.0.1:19876/mcp/oauth/callback",
      ["https://a.dev/callback", "http://127.0.0.1/callback"],
      "http://127.0.0.1/callback",
      ["port", "path"],
    ],
    [
      "http://localhost/cb",
      ["http://127.0.0.1/cb", "http://127.0.0.1/other"],
      "http://127.0.0.1/cb",
      ["host"],
    ],
    ["https://a.dev/cb?x=1#y", ["https://a.dev/cb"], "https://a.dev/cb", ["query", "fragment"]],
    ["com.acme:/cb", ["dev.acme:/cb"], "dev.acme:/cb", ["scheme"]],
    ["https://me@a.dev/cb", ["https://a.dev/cb"], "https://a.dev/cb", ["userinfo"]],
  ])("%s among %j is %s", (redirectUri, entries, entry, differs) => {
    expect(nearestEntry(redirectUri, entries)).toEqual({ entry, differs });
  });

  it("is the first where several are as near, and none without entries", () => {
    expect(nearestEntry("x:/c", ["x:/a", "x:/b"])?.entry).toBe("x:/a");
    expect(nearestEntry("x:/c", [])).toBeUndefined();
  });
});
