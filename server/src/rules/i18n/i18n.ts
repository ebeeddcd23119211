import { jsonPointer } from "../../document/jsonPointer.js";
import { say } from "../../localisation/say.js";
import { bcp47, rfc } from "../../specifications/sources.js";
import { renameMember } from "../edits.js";
import { defineRule, type Fix, type Rule } from "../rule.js";
import { at, baseRule } from "./baseRule.js";
import { type TaggedMember, taggedMembers } from "./tagged.js";

/** Language, script and region, each of the right length: well-formed (BCP 47 §2.1), and what most tags are. */
const ORDINARY = /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?$/i;

/** Tags that BCP 47 keeps from before its grammar, and private-use ones; Intl does not know them. */
const BEYOND_INTL = /^(?:[ix](?:-[a-z0-9]{1,8})+|en-GB-oed|sgn-(?:BE-FR|BE-NL|CH-DE))$/i;

function isLanguageTag(tag: string): boolean {
  try {
    return ORDINARY.test(tag) || BEYOND_INTL.test(tag) || Intl.getCanonicalLocales(tag).length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether a tagged member's name has a second `#`. */
function hasTwoTags(name: string): boolean {
  return name.indexOf("#") !== name.lastIndexOf("#");
}

/** The tag that an author most likely meant: `en_US` is `en-US`. */
function meant(tag: string): string | undefined {
  const dashed = tag.trim().replaceAll("_", "-");
  return dashed !== tag && dashed !== "" && isLanguageTag(dashed) ? dashed : undefined;
}

const tag = defineRule({
  id: "i18n/tag",
  severity: "warning",
  title: "Language tags are well-formed",
  why: "Servers choose a translation by its BCP 47 tag; an invalid tag is never chosen.",
  sources: [rfc(7591, "2.2"), bcp47("2.1")],
  bad: [
    '«"client_name#en_US"»: "Acme"',
    '«"client_name#"»: "Acme"',
    '«"tos_uri#french language"»: "https://app.acme.dev/cgu", "tos_uri": "https://app.acme.dev/tos"',
  ],
  good: ['"client_name#ja-Jpan-JP": "\u30a2\u30af\u30e1"', '"client_name#x-pirate": "Arrcme"'],
  check(document, report) {
    for (const { member, field, tag } of taggedMembers(document)) {
      if (tag.includes("#") || isLanguageTag(tag)) continue;
      const better = meant(tag);
      report({
        at: member.key,
        pointer: jsonPointer(member.key.value),
        message: say`${JSON.stringify(tag.slice(0, 40))} is no language tag (BCP 47), so servers never choose this text (RFC 7591 §2.2). ${better === undefined ? say`Write a tag such as en or ja-Jpan-JP.` : say`Write ${field.name}#${better}.`}`,
        data: better,
      });
    }
  },
  fix(document, { offset, data }): readonly Fix[] {
    const found = at(document, offset);
    if (!found || typeof data !== "string" || document.has(`${found.field.name}#${data}`)) return [];
    return [
      {
        title: say`Rename to ${found.field.name}#${data}`,
        edits: [renameMember(found.member, `${found.field.name}#${data}`)],
        preferred: true,
      },
    ];
  },
});

const hashDouble = defineRule({
  id: "i18n/hash-double",
  severity: "warning",
  title: "A member's name has one language tag",
  why: "What follows the first # is the language tag, and a tag has no second #.",
  sources: [rfc(7591, "2.2")],
  bad: ['«"client_name#fr#CA"»: "Acm\u00e9"'],
  good: ['"client_name#fr-CA": "Acm\u00e9"'],
  check(document, report) {
    for (const { member } of taggedMembers(document)) {
      if (!hasTwoTags(member.key.value)) continue;
      report({
        at: member.key,
        pointer: jsonPointer(member.key.value),
        message: say`A member has one language tag behind one \`#\` (RFC 7591 §2.2), so servers never choose this text. Write one tag, such as fr-CA.`,
      });
    }
  },
});

const onlyHuman = defineRule({
  id: "i18n/only-human",
  severity: "warning",
  title: "Only what people read has language tags",
  why: "Names and pages exist in languages; a redirect URI or a grant does not, and a tagged one has no effect.",
  sources: [rfc(7591, "2.2")],
  bad: ['«"redirect_uris#fr"»: ["https://app.acme.dev/fr/callback"]', '«"scope#en"»: "read"'],
  good: ['"client_name#fr": "Acm\u00e9"'],
  check(document, report) {
    for (const { member, field } of taggedMembers(document)) {
      if (field.i18n || hasTwoTags(member.key.value)) continue;
      report({
        at: member.key,
        pointer: jsonPointer(member.key.value),
        message: say`\`${field.name}\` is not text for people, so it has no languages, and this member has no effect (RFC 7591 §2.2). Delete the tag or the member.`,
      });
    }
  },
  fix(document, { offset }): readonly Fix[] {
    const found = at(document, offset);
    if (!found || document.has(found.field.name)) return [];
    return [
      {
        title: say`Delete the language tag`,
        edits: [renameMember(found.member, found.field.name)],
        preferred: true,
      },
    ];
  },
});

const duplicateCase = defineRule({
  id: "i18n/duplicate-case",
  severity: "warning",
  title: "Every language appears once",
  why: "Language tags ignore case: fr-CA and fr-ca are one language, and which of the two texts counts is chance.",
  sources: [bcp47("2.1.1"), rfc(7591, "2.2")],
  bad: ['"client_name#fr-CA": "Acm\u00e9", «"client_name#fr-ca"»: "Acme"'],
  good: ['"client_name#fr-CA": "Acm\u00e9", "client_name#fr": "Acme"'],
  check(document, report) {
    const tagged = taggedMembers(document);
    // Names that are alike as they stand are one name, and another rule's matter.
    if (!tagged.some(({ member: { key } }) => key.value !== key.value.toLowerCase())) return;
    const first = new Map<string, TaggedMember>();
    for (const found of tagged) {
      const { member } = found;
      // Field names are in lower case, so this changes the tag alone.
      const name = member.key.value.toLowerCase();
      const earlier = first.get(name);
      if (!earlier) first.set(name, found);
      if (!earlier || earlier.tag === found.tag) continue;
      report({
        at: member.key,
        pointer: jsonPointer(member.key.value),
        message: say`Language tags ignore case, so this is the same language as \`${earlier.tag.slice(0, 40)}\` (RFC 5646 §2.1.1), and servers may show either text. Keep one.`,
        related: [
          { offset: earlier.member.key.offset, end: earlier.member.key.end, message: say`The same language` },
        ],
      });
    }
  },
});

const baseMissing = baseRule({
  id: "i18n/base-missing",
  title: "A translated member has a text without a language tag",
  why: "Servers that know no languages, and people whose language is not there, get the untagged text.",
  bad: ['«"tos_uri#fr"»: "https://app.acme.dev/cgu", "tos_uri#de": "https://app.acme.dev/agb"'],
  good: ['"tos_uri#fr": "https://app.acme.dev/cgu", "tos_uri": "https://app.acme.dev/tos"'],
  applies: (field) => field !== "client_name",
});

/** Rules about members with language tags. */
export const languageTagRules: readonly Rule[] = [tag, hashDouble, onlyHuman, baseMissing, duplicateCase];
