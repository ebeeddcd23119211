import { LOOK_ALIKES } from "./confusables.data.js";

/*
 * Look-alike characters by UTS 39 (Unicode Security Mechanisms): which texts look like ASCII, and which mix scripts.
 * Scripts come from the JavaScript engine's own Unicode tables, look-alikes from a generated file.
 */

/** The recommended scripts of UAX 31, table 5, but Latin; names made of others are rare enough to stand alone. */
const SCRIPTS: readonly string[] =
  "Arab Armn Beng Bopo Cyrl Deva Ethi Geor Grek Gujr Guru Hang Hani Hebr Hira Kana Khmr Knda Laoo Mlym Mymr Orya Sinh Taml Telu Thaa Thai Tibt".split(
    " ",
  );

/** The sets of UTS 39 §5.2, "Highly Restrictive": one script, or Latin with what Japanese, Korean and Chinese are written in. */
const SETS: readonly (readonly string[])[] = [
  ["Latn"],
  ...SCRIPTS.map((script) => [script]),
  ["Latn", "Hani", "Hira", "Kana"],
  ["Latn", "Hani", "Hang"],
  ["Latn", "Hani", "Bopo"],
];

function only(scripts: readonly string[], also: string): RegExp {
  return new RegExp(`^[${scripts.map((script) => `\\p{scx=${script}}`).join("")}${also}]*$`, "u");
}

/** What a word's scripts are looked up with. */
interface ScriptTests {
  readonly oneSet: readonly RegExp[];
  /** What is neutral is of none of these scripts. */
  readonly otherScripts: RegExp;
}

let made: ScriptTests | undefined;

/** Made for the first word: the JavaScript engine reads its Unicode tables for each of these expressions. */
function scriptTests(): ScriptTests {
  made ??= {
    oneSet: SETS.map((set) => only(set, "\\p{scx=Zyyy}\\p{scx=Zinh}")),
    otherScripts: new RegExp(
      `^[^${["Latn", ...SCRIPTS].map((script) => `\\p{scx=${script}}`).join("")}]*$`,
      "u",
    ),
  };
  return made;
}

/**
 * Whether a word mixes scripts that no language mixes (it is not "Highly Restrictive" by UTS 39 §5.2): a Cyrillic а among
 * Latin letters does, Japanese with Latin does not.
 *
 * @param word one word or one label of a host, decoded
 */
export function mixesScripts(word: string): boolean {
  const { oneSet, otherScripts } = scriptTests();
  return !oneSet.some((set) => set.test(word)) && !otherScripts.test(word);
}

const asciiByLookAlike = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([ascii, characters]) =>
    [...characters].map((character) => [character, ascii]),
  ),
);

/**
 * The ASCII text that a text looks like (the skeleton of UTS 39 §4, as far as it is ASCII).
 *
 * @returns undefined when the text is ASCII itself, or when a character of it looks like no ASCII letter or digit
 */
export function asciiLookAlike(text: string): string | undefined {
  let ascii = "";
  for (const character of text.normalize("NFKC")) {
    const plain = character < "\u0080" ? character : asciiByLookAlike.get(character);
    if (plain === undefined) return undefined;
    ascii += plain;
  }
  return ascii === text ? undefined : ascii;
}
