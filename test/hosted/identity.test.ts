import { describe, expect, it } from "vitest";
import { describeDifference } from "../../server/src/hosted/identity.js";

const URL_ = "https://app.acme.dev/oauth/client.json";

describe("describeDifference", () => {
  const CASES: readonly (readonly [documentValue: string, difference: readonly string[]])[] = [
    [URL_, []],
    [`${URL_}/`, ["a slash at the end"]],
    ["http://app.acme.dev/oauth/client.json", ["scheme http instead of https"]],
    ["HTTPS://app.acme.dev/oauth/client.json", ["scheme HTTPS instead of https"]],
    ["https://App.acme.dev/oauth/client.json", ["upper and lower case in the host"]],
    ["https://www.app.acme.dev/oauth/client.json", ["www. in front of the host"]],
    ["https://app.acme.dev./oauth/client.json", ["a dot at the end of the host"]],
    ["https://other.dev/oauth/client.json", ["host other.dev instead of app.acme.dev"]],
    ["https://app.acme.dev:443/oauth/client.json", ["port 443 instead of left out"]],
    ["https://app.acme.dev/oauth/cl%69ent.json", ["percent-encoding in the path"]],
    ["https://app.acme.dev/OAuth/client.json", ["upper and lower case in the path"]],
    ["https://app.acme.dev/client.json", ["path /client.json instead of /oauth/client.json"]],
    [`${URL_}?v=2`, ["a query"]],
    [`${URL_}#top`, ["a fragment"]],
    ["https://u@app.acme.dev/oauth/client.json", ["user information before the host"]],
    [
      "http://www.app.acme.dev:80/",
      [
        "scheme http instead of https",
        "www. in front of the host",
        "port 80 instead of left out",
        "path / instead of /oauth/client.json",
      ],
    ],
    [
      "nonsense",
      [
        "scheme (none) instead of https",
        "host (none) instead of app.acme.dev",
        "path nonsense instead of /oauth/client.json",
      ],
    ],
  ];
  for (const [documentValue, difference] of CASES) {
    it(documentValue, () => expect(describeDifference(documentValue, URL_)).toEqual(difference));
  }

  it("tells the case of hex digits from the case of letters", () => {
    expect(describeDifference("https://a.dev/%c3%a9", "https://a.dev/%C3%A9")).toEqual([
      "upper and lower case in a percent-encoding",
    ]);
    expect(describeDifference("https://a.dev/x", "https://www.a.dev/x")).toEqual([
      "no www. in front of the host",
    ]);
    expect(describeDifference("https://a.dev/x", "https://a.dev/x/")).toEqual(["no slash at the end"]);
    expect(describeDifference("https://a.dev/x", "https://a.dev/x?")).toEqual(["no query"]);
    expect(describeDifference("https://a.dev/x?a", "https://a.dev/x?b")).toEqual(["another query"]);
  });
});
