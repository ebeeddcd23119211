import { rfc, type Source } from "../specifications/sources.js";
import { defineRule, type Rule } from "./rule.js";

interface TypeRule {
  readonly id: string;
  readonly member: string;
  readonly noun: string;
  readonly wrong: string;
  readonly right: string;
  readonly source: Source;
}

const MEMBERS: readonly TypeRule[] = [
  {
    id: "auth-method/type",
    member: "token_endpoint_auth_method",
    noun: "a string",
    wrong: "7",
    right: '"none"',
    source: rfc(7591, "2"),
  },
  {
    id: "response-types/type",
    member: "response_types",
    noun: "an array of strings",
    wrong: '"code"',
    right: '["code"]',
    source: rfc(7591, "2"),
  },
  {
    id: "scope/type",
    member: "scope",
    noun: "one string",
    wrong: '["read"]',
    right: '"read"',
    source: rfc(7591, "2"),
  },
  {
    id: "contacts/type",
    member: "contacts",
    noun: "an array of strings",
    wrong: '"dev@acme.dev"',
    right: '["dev@acme.dev"]',
    source: rfc(7591, "2"),
  },
  {
    id: "dpop/flag-type",
    member: "dpop_bound_access_tokens",
    noun: "true or false",
    wrong: '"true"',
    right: "true",
    source: rfc(9449, "5.2"),
  },
];

/** What servers report of single members' types; `document/wrong-type` says it for all of them. */
export const memberTypeRules: readonly Rule[] = MEMBERS.map(({ id, member, noun, wrong, right, source }) =>
  defineRule({
    id,
    severity: "information",
    title: `${member} is ${noun}`,
    why: "A value of another type is refused by most servers and silently ignored by the rest.",
    sources: [source],
    sameAs: ["document/wrong-type", "document/null-value"],
    portability: { message: `\`${member}\` must be ${noun}.` },
    bad: [`"${member}": «${wrong}»`],
    good: [`"${member}": ${right}`],
  }),
);
