// What is loaded when a person first asks for client code or a key: in the CommonJS bundles a file of its own. It exports
// functions only.
export { documentWithKey, keyPlaceOf, keySetWithKey } from "./addPublicKey.js";
export { clientCode } from "./clientCode.js";
export { generateSigningKey } from "./signingKey.js";
