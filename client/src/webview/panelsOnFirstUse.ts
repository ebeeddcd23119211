// Panels that a person's first use loads: FILES of scripts/build.mjs.
export { CompatibilityPanel } from "../compatibility/compatibilityPanel.js";
export { ConsentPreview } from "../preview/consentPreview.js";
export { RehearsalPanel } from "../rehearsal/rehearsalPanel.js";
