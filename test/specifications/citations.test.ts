import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FIELDS } from "../../server/src/metadata/fields.js";
import { JWK_MEMBERS } from "../../server/src/metadata/jwk.js";
import { SERVER_METADATA_NAMES } from "../../server/src/metadata/serverMetadata.js";
import { RULES } from "../../server/src/rules/rules.js";
import { cimd, cimd03, connectFederation, federation } from "../../server/src/specifications/sources.js";
import { SECTION_LISTS } from "./sections.js";

const root = path.join(import.meta.dirname, "../..");

const SECTIONS = new Map(SECTION_LISTS.map(({ text, sections }) => [text, new Set(sections)]));

/** Longer names first, so that no name is found inside another. */
const NAMES = [...SECTIONS.keys()]
  .sort((one, other) => other.length - one.length)
  .map((name) => name.replaceAll(".", "\\."))
  .join("|");

/** A text with a section, and further sections after commas: `CIMD draft-03 §3, §5`. */
const CITATION = new RegExp(`\\b(${NAMES}) (§[\\d.]*\\d(?:(?:, | and )§[\\d.]*\\d)*)`, "g");

function citationsIn(prose: string): { readonly text: string; readonly section: string }[] {
  return [...prose.matchAll(CITATION)].flatMap(([, text = "", sections = ""]) =>
    [...sections.matchAll(/§([\d.]*\d)/g)].map(([, section = ""]) => ({ text, section })),
  );
}

/** Citations of sections that the text does not have, as they stand. */
function missingIn(prose: string): string[] {
  return citationsIn(prose)
    .filter(({ text, section }) => !SECTIONS.get(text)?.has(section))
    .map(({ text, section }) => `${text} §${section}`);
}

/** The source code below a folder. */
function sourcesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.join(root, folder, name));
}

describe("citations", () => {
  const labels = [
    ...RULES.flatMap(({ sources }) => sources),
    ...[...FIELDS, ...JWK_MEMBERS, ...SERVER_METADATA_NAMES].map(({ spec }) => spec),
  ].map(({ label }) => label);

  it("name a text whose sections are listed", () => {
    const cited = labels.filter((label) => label.includes("§"));
    expect(cited.length).toBeGreaterThan(300);
    expect(cited.filter((label) => citationsIn(label).length === 0)).toEqual([]);
  });

  it("of rules and fields exist in the text", () => {
    expect([...new Set(labels.flatMap(missingIn))]).toEqual([]);
  });

  it("in messages and comments exist in the text", () => {
    const prose = sourcesBelow("server/src").map((file) => readFileSync(file, "utf8"));
    expect(prose.flatMap(citationsIn).length).toBeGreaterThan(300);
    expect([...new Set(prose.flatMap(missingIn))]).toEqual([]);
  });

  it("in translations are those of the English text", () => {
    const bundle = readFileSync(path.join(root, "client/l10n/bundle.l10n.de.json"), "utf8");
    const differing = Object.entries<string>(JSON.parse(bundle)).filter(
      ([english, german]) => JSON.stringify(citationsIn(english)) !== JSON.stringify(citationsIn(german)),
    );
    expect(differing).toEqual([]);
  });

  it("are of the newest draft, and say where its published text was not read", () => {
    const old = sourcesBelow("server/src").filter((file) =>
      /CIMD draft-0[0-2] §|Metadata Document -0[0-2]/.test(readFileSync(file, "utf8")),
    );
    expect(old).toEqual([]);
    expect(cimd("9.5").label).toBe("CIMD draft-03 §9.5");
    expect(cimd03("6").label).toBe("CIMD draft-03 §6 (text of 20 September 2026)");
    expect(cimd03("6").url).toBe(cimd("6").url);
  });

  it("of OpenID Federation are of 1.1", () => {
    expect(federation("5.2.2").label).toBe("OpenID Federation 1.1 §5.2.2");
    expect(connectFederation("5.1.1").label).toBe("OpenID Federation for OpenID Connect 1.1 §5.1.1");
  });
});

describe("a section that moved", () => {
  it("is found", () => {
    expect(missingIn("servers stop reading (CIMD draft-03 §9.7, §9.11)")).toEqual(["CIMD draft-03 §9.11"]);
  });
});
