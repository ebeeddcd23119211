import { say } from "../../localisation/say.js";
import { cimd, rfc, uts39 } from "../../specifications/sources.js";
import { asciiLookAlike, mixesScripts } from "../../uri/confusables.js";
import type { Rule } from "../rule.js";
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

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Shorter names made of look-alikes are as likely to be words of their own. */
const SHORTEST_DISGUISE = 4;

/** Rules about characters of the name that show people something else than what stands there. */
export const characterRules: readonly Rule[] = [
  nameRule({
    id: "client-name/invisible",
    severity: "warning",
    title: "The client's name has no invisible characters",
    why: "A consent screen shows the name. Characters that nobody sees, or that turn the reading direction around, are how a false name is made to look like a true one.",
    sources: [cimd("8.5"), rfc(7591, "5"), uts39("4")],
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
  }),
  nameRule({
    id: "client-name/confusable",
    severity: "warning",
    title: "The client's name is written in the letters it seems to be",
    why: "A Cyrillic а in a Latin word cannot be seen and makes another name; servers and careful readers suspect an attack.",
    sources: [uts39("4"), uts39("5.2"), rfc(7591, "5")],
    bad: [
      '"client_name": "«P\u0430ypal» Connector"',
      '"client_name": «"\u0440\u0430\u0443\u0440\u0430\u04cf"»',
    ],
    good: [
      '"client_name": "\u042f\u043d\u0434\u0435\u043a\u0441 Music"',
      '"client_name": "Acm\u00e9 \u6771\u4eacnote"',
    ],
    beyondAscii: true,
    test(name) {
      if (!/[^\u0000-\u007f]/.test(name)) return undefined;
      for (const { 0: word, index } of name.matchAll(WORD)) {
        if (!mixesScripts(word)) continue;
        const ascii = asciiLookAlike(word);
        return {
          start: index,
          end: index + word.length,
          message:
            ascii === undefined
              ? say`This word mixes letters of several scripts, as false names do (UTS 39). Type it in one script.`
              : say`This word mixes letters of several scripts and looks like ${ascii}, as false names do (UTS 39). Type it in one script.`,
        };
      }
      const ascii = name.length < SHORTEST_DISGUISE ? undefined : asciiLookAlike(name);
      if (ascii === undefined || !/[A-Za-z]/.test(ascii)) return undefined;
      return {
        message: say`Every letter of the name looks like a Latin one, so it reads ${ascii.slice(0, 40)} (UTS 39). If that is the name, type it in Latin letters.`,
      };
    },
  }),
];
