import { afterEach, describe, expect, it } from "vitest";
import { enumerate } from "../../server/src/localisation/enumerate.js";
import { setMessages } from "../../server/src/localisation/messages.js";

afterEach(() => setMessages(undefined));

describe("enumerate", () => {
  it.each([
    [[], ""],
    [["a"], "a"],
    [["a", "b", "c", "d"], "a, b, c, d"],
    [["a", "b", "c", "d", "e"], "a, b, c and 2 more"],
  ])("of at most four names %j, says %j", (names, said) => {
    expect(enumerate(names, 4)).toBe(said);
  });

  it("names as many of a long list as it is told to", () => {
    expect(enumerate(["a", "b", "c", "d"], 4, 4)).toBe("a, b, c, d");
    expect(enumerate(["a", "b", "c", "d", "e"], 4, 4)).toBe("a, b, c, d and 1 more");
  });

  it("speaks the person's language", () => {
    setMessages({ "{0} and {1} more": "{0} und {1} weitere" });
    expect(enumerate(["a", "b", "c"], 2)).toBe("a und 2 weitere");
  });
});
