import { multipleResponseTypes } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const unknown = defineRule({
  id: "response-modes/unknown",
  severity: "information",
  title: "The server supports the response modes",
  why: "response_modes is read by few servers, and one that reads it and knows none of the modes refuses the document.",
  sources: [multipleResponseTypes],
  portability: { message: "Some servers know none of these response modes. Leave the member out." },
  bad: ['"response_modes": «["magic"]»'],
  good: ['"response_modes": ["query"]'],
});
