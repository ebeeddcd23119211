import { cimd03 } from "../../specifications/sources.js";
import { duplicateRule } from "../duplicates.js";
import { PLURAL } from "./methods.js";

export const duplicate = duplicateRule({
  id: "auth-method/duplicate",
  title: "Every supported method appears once",
  why: "The list is a set; a second copy changes nothing.",
  sources: [cimd03("6")],
  member: PLURAL,
  example: ["none", "urn:acme:auth"],
});
