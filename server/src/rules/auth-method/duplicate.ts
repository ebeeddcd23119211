import { rpMetadataChoices } from "../../specifications/sources.js";
import { duplicateRule } from "../duplicates.js";
import { PLURAL } from "./methods.js";

export const duplicate = duplicateRule({
  id: "auth-method/duplicate",
  title: "Every supported method appears once",
  why: "The list names the methods that the client can use. No text forbids a second copy, which changes nothing.",
  sources: [rpMetadataChoices("2")],
  member: PLURAL,
  example: ["none", "urn:acme:auth"],
});
