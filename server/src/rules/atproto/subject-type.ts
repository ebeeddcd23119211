import { serverRule } from "./atprotoRule.js";
import { atprotoExample } from "./examples.js";

export const subjectType = serverRule({
  id: "atproto/subject-type",
  title: "subject_type is public",
  why: "In atproto every client sees the same identifier of a person, the DID.",
  sameAs: ["oidc/subject-type"],
  sentence: "atproto servers know only public subjects. Set `subject_type` to public, or leave it out.",
  bad: [atprotoExample('"subject_type": «"pairwise"»')],
  good: [atprotoExample('"subject_type": "public"')],
});
