import { afterEach, describe, expect, it } from "vitest";
import { setMessages } from "../../server/src/localisation/messages.js";
import { say, sayParts, translated } from "../../server/src/localisation/say.js";

afterEach(() => setMessages(undefined));

const refuses = (name: string, count: number) => say`${name} refuses ${count} entries.`;

describe("say", () => {
  it("joins what is written while the language is English", () => {
    expect(refuses("Keycloak", 3)).toBe("Keycloak refuses 3 entries.");
    expect(say`No values.`).toBe("No values.");
  });

  it("puts the values where the translation has them, each time with those of the call", () => {
    setMessages({ "{0} refuses {1} entries.": "{1} Einträge lehnt {0} ab." });
    expect(refuses("Keycloak", 3)).toBe("3 Einträge lehnt Keycloak ab.");
    expect(refuses("{1} $& $1", 4)).toBe("4 Einträge lehnt {1} $& $1 ab.");
  });

  it("stays English where there is no translation", () => {
    setMessages({ "Something else.": "Etwas anderes." });
    expect(refuses("Keycloak", 3)).toBe("Keycloak refuses 3 entries.");
    expect(say`toString`).toBe("toString");
  });

  it("follows a change of the language", () => {
    setMessages({ "{0} refuses {1} entries.": "{0}: {1}" });
    expect(refuses("a", 1)).toBe("a: 1");
    setMessages(undefined);
    expect(refuses("a", 1)).toBe("a refuses 1 entries.");
  });
});

describe("sayParts", () => {
  const name = { tag: "strong" };

  it("gives texts and values in their order, without empty texts", () => {
    expect(sayParts`${name} on ${"FastMCP"}`).toEqual([name, " on ", "FastMCP"]);
    setMessages({ "{0} on {1}": "Bei {1}: {0}" });
    expect(sayParts`${name} on ${"FastMCP"}`).toEqual(["Bei ", "FastMCP", ": ", name]);
  });
});

describe("translated", () => {
  it("looks a text up that is data", () => {
    expect(translated("No fragment")).toBe("No fragment");
    setMessages({ "No fragment": "Kein Fragment" });
    expect(translated("No fragment")).toBe("Kein Fragment");
    expect(translated("constructor")).toBe("constructor");
  });
});
