import { describe, expect, it } from "vitest";
import { messageOf } from "../../server/src/messageOf.js";

describe("messageOf", () => {
  it.each([
    [new TypeError("It failed."), "It failed."],
    [Object.assign(new Error("No such file."), { code: "ENOENT" }), "No such file."],
    ["a text", "a text"],
    [undefined, "undefined"],
    [404, "404"],
  ])("of %o is %j", (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });
});
