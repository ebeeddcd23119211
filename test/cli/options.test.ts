import { describe, expect, it } from "vitest";
import { UsageError } from "../../server/src/cli/io.js";
import { readFormat, readOnlyUrl } from "../../server/src/cli/options.js";

describe("the only URL", () => {
  it("is what was given", () => {
    expect(readOnlyUrl(["https://app.acme.dev/client.json"])).toBe("https://app.acme.dev/client.json");
  });

  it.each([[[]], [["https://app.acme.dev/a", "https://app.acme.dev/b"]]])("is not among %j", (given) => {
    expect(() => readOnlyUrl(given)).toThrow(new UsageError("exactly one URL is needed."));
  });
});

describe("--format", () => {
  it.each(["text", "json"])("takes %s", (format) => {
    expect(readFormat(format)).toBe(format);
  });

  it.each(["sarif", "JSON", ""])("does not take %j", (format) => {
    expect(() => readFormat(format)).toThrow(new UsageError(`--format takes text or json, not "${format}".`));
  });
});
