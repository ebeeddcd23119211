// What explains: it is loaded when a person first reads a hover, a rule's page or a view. In the bundles it is a file of
// its own, the only one that has the prose of the rules, the fields and the servers' evidence. It exports functions only.
export { hover } from "../languageFeatures/hover.js";
export { rulePage, ruleTitles } from "../languageFeatures/rulePage.js";
export { compatibilityView, consentView } from "./views.js";
