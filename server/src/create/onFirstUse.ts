// What is loaded when a person first asks for client code: in the CommonJS bundles a file of its own. It exports functions
// only.
export { clientCode } from "./clientCode.js";
