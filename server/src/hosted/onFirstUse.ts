// What is loaded when a person first asks for something on the network: in the CommonJS bundles a file of its own. It
// exports functions only.
export { runDiscovery } from "./discovery.js";
export { offeredExtras } from "./extras.js";
export { fetchLogo } from "./fetchLogo.js";
export { runHostedCheck } from "./hostedCheck.js";
