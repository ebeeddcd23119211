import { rfc } from "../../specifications/sources.js";
import { memberTypeRule } from "../memberTypeRule.js";

export const type = memberTypeRule({
  id: "auth-method/type",
  member: "token_endpoint_auth_method",
  noun: "a string",
  wrong: "7",
  right: '"none"',
  source: rfc(7591, "2"),
});
