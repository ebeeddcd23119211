import { rfc } from "../../specifications/sources.js";
import { memberTypeRule } from "../memberTypeRule.js";
import { defineRule, type Rule } from "../rule.js";

const email = defineRule({
  id: "contacts/email",
  severity: "information",
  title: "Contacts are e-mail addresses",
  why: "RFC 7591 allows any way to reach people here; some servers accept only bare e-mail addresses.",
  sources: [rfc(7591, "2")],
  portability: {
    message: "Some servers accept only plain e-mail addresses as contacts. Leave names and `mailto:` out.",
  },
  bad: [
    '"contacts": ["dev@acme.dev", «"https://acme.dev/support"»]',
    '"contacts": [«"mailto:dev@acme.dev"»]',
  ],
  good: ['"contacts": ["dev@acme.dev"]'],
});

export const type = memberTypeRule({
  id: "contacts/type",
  member: "contacts",
  noun: "an array of strings",
  wrong: '"dev@acme.dev"',
  right: '["dev@acme.dev"]',
  source: rfc(7591, "2"),
});

/** Rules about `contacts`. */
export const contactRules: readonly Rule[] = [email];
