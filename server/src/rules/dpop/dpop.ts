import { rfc } from "../../specifications/sources.js";
import { memberTypeRule } from "../memberTypeRule.js";

export const flagType = memberTypeRule({
  id: "dpop/flag-type",
  member: "dpop_bound_access_tokens",
  noun: "true or false",
  wrong: '"true"',
  right: "true",
  source: rfc(9449, "5.2"),
});
