import { say } from "../../localisation/say.js";
import { cimd, rfc, uts39 } from "../../specifications/sources.js";
import { nameRule } from "./nameRule.js";

/** Turned around, not drawn, or drawn differently everywhere: the sets of the Unicode Character Database. */
const HIDDEN = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Co}]/u;

const ALL_HIDDEN = new RegExp(HIDDEN.source, "gu");

/** Emoji with the joiners, selectors and, in flags, tags that belong to them (UTS 51 §1.4.9). */
const EMOJI =
  /\u{1f3f4}[\u{e0020}-\u{e007f}]+|[0-9#*]\ufe0f\u20e3|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\ufe0f|\u200d\p{Extended_Pictographic})*/gu;

/** Scripts whose spelling needs the zero-width joiner and non-joiner (UAX 31 §2.3). */
const JOINED =
  /(?<=[\p{scx=Arab}\p{scx=Beng}\p{scx=Deva}\p{scx=Gujr}\p{scx=Guru}\p{scx=Khmr}\p{scx=Knda}\p{scx=Mlym}\p{scx=Mymr}\p{scx=Orya}\p{scx=Sinh}\p{scx=Taml}\p{scx=Telu}\p{scx=Tibt}])[\u200c\u200d]/gu;

/** The name with what is rightly invisible in it made visible; offsets stay. */
function withoutHonest(name: string): string {
  return name.replace(EMOJI, (emoji) => "x".repeat(emoji.length)).replace(JOINED, "x");
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

export const invisible = nameRule({
  id: "client-name/invisible",
  severity: "warning",
  title: "The client's name has no invisible characters",
  why: "A consent screen shows the name. Characters that nobody sees, or that turn the reading direction around, are how a false name is made to look like a true one.",
  sources: [cimd("9.5"), rfc(7591, "5"), uts39("4")],
  bad: [
    '"client_name": "Acme«\u202e»emcA"',
    '"client_name": "Ac«\u200b»me"',
    '"client_name": «"Acme\\u0007"»',
    '"client_name": "Acme", "client_name#fr": "Acm\u00e9«\ue000»"',
  ],
  good: [
    '"client_name": "Acme \u{1f468}\u200d\u{1f469}\u200d\u{1f467}"',
    '"client_name": "\u0646\u0627\u0645\u0647\u200c\u0647\u0627"',
  ],
  beyondAscii: true,
  test(name, document) {
    if (!HIDDEN.test(name)) return undefined;
    const found = HIDDEN.exec(withoutHonest(name));
    // A control character that is not even escaped is no JSON, and `document/invalid-string` says so.
    if (!found || (found[0] < " " && document.faults.some(({ kind }) => kind === "invalid-string"))) {
      return undefined;
    }
    return {
      start: found.index,
      end: found.index + found[0].length,
      message: say`The name holds ${codePoint(found[0])}, which people do not see, and consent screens may refuse or reveal it (RFC 7591 §5). Delete it.`,
    };
  },
  fix: {
    title: () => say`Delete the invisible characters`,
    name(name) {
      const honest = withoutHonest(name);
      return name.replace(ALL_HIDDEN, (character: string, at: number) =>
        honest.startsWith(character, at) ? "" : character,
      );
    },
  },
});
