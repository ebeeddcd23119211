// Commands that a person's first use loads: in the bundle a file of its own.
export { addHostingConfiguration } from "../commands/addHostingConfiguration.js";
export { addSigningKey } from "../commands/addSigningKey.js";
export { chooseServers } from "../commands/chooseServers.js";
export { copyClientCode } from "../commands/copyClientCode.js";
export { createDocument } from "../commands/createDocument.js";
