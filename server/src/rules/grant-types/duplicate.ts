import { rfc } from "../../specifications/sources.js";
import { duplicateRule } from "../duplicates.js";
import { CODE } from "./grants.js";

export const duplicate = duplicateRule({
  id: "grant-types/duplicate",
  title: "Every grant type appears once",
  why: "The list is a set; a second copy changes nothing.",
  sources: [rfc(7591, "2")],
  member: "grant_types",
  example: [CODE, "refresh_token"],
});
