import { say } from "../../localisation/say.js";
import { rfc, uts39 } from "../../specifications/sources.js";
import { asciiLookAlike, mixesScripts } from "../../uri/confusables.js";
import { nameRule } from "./nameRule.js";

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Shorter names made of look-alikes are as likely to be words of their own. */
const SHORTEST_DISGUISE = 4;

export const confusable = nameRule({
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
});
