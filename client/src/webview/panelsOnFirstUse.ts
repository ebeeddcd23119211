// Panels that a person's first use loads: in the bundle a file of its own.
export { CompatibilityPanel } from "../compatibility/compatibilityPanel.js";
export { ConsentPreview } from "../preview/consentPreview.js";
