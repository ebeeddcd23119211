import { rfc } from "../../specifications/sources.js";
import { foreignRule } from "./foreignRule.js";

export const prm = foreignRule({
  id: "unknown-field/prm",
  title: "The client's document does not describe the resource",
  why: "Which servers protect a resource is what the resource says of itself; here it has no effect.",
  sources: [rfc(9728, "2"), rfc(7591, "2")],
  document: "protected resource metadata",
  example: "authorization_servers",
  neighbour: "authorization_details_types",
});
