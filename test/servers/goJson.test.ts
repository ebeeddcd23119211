import { describe, expect, it } from "vitest";
import { goMember } from "../../server/src/servers/behaviours/goJson.js";

describe("a member as Go's encoding/json finds it", () => {
  it.each([
    ['{ "scope": "a" }', "a"],
    ['{ "Scope": "a" }', "a"],
    ['{ "scope": "a", "SCOPE": "b" }', "b"],
    ['{ "SCOPE": "a", "scope": "b" }', "b"],
    ['{ "Scope": "a", "SCOPE": "b", "sCope": "c" }', "c"],
    ['{ "scope": "a", "Scope": null }', "a"],
    ['{ "Scope": "a", "scope": null }', "a"],
    ['{ "Scope": null }', undefined],
    ['{ "scope": null }', undefined],
    ['{ "Scopes": "a" }', undefined],
    ["{}", undefined],
  ])("%s", (text, value) => {
    expect(goMember(JSON.parse(text), "scope")).toBe(value);
  });
});
