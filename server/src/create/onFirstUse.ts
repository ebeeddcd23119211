// What is loaded when a person first asks for client code, a key or a hosting configuration: in the CommonJS bundles a file of its own. It exports
// functions only.
export { documentWithKey, keyPlaceOf, keySetWithKey } from "./addPublicKey.js";
export { clientCode } from "./clientCode.js";
export { hostingConfiguration, pathsToConfigure } from "./hostingConfiguration.js";
export { generateSigningKey } from "./signingKey.js";
