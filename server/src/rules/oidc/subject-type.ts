import { CLIENT_METADATA } from "../../specifications/sources.js";
import { valueRule } from "./valueRule.js";

export const subjectType = valueRule({
  id: "oidc/subject-type",
  title: "subject_type is public or pairwise",
  why: "There are no other ways to form a subject, and servers refuse a document that names one.",
  member: "subject_type",
  values: ["public", "pairwise"],
  source: CLIENT_METADATA,
});
