// Commands that a person's first use loads: FILES of scripts/build.mjs.
export { addHostingConfiguration } from "../commands/addHostingConfiguration.js";
export { addSigningKey } from "../commands/addSigningKey.js";
export { chooseServers } from "../commands/chooseServers.js";
export { copyClientCode } from "../commands/copyClientCode.js";
export { createDocument } from "../commands/createDocument.js";
