// Commands that a person's first use loads: in the bundle a file of its own, with texts of its own.
import { setMessages } from "../../../server/src/localisation/messages.js";
import { localisation } from "../localisation.js";

export { addHostingConfiguration } from "../commands/addHostingConfiguration.js";
export { addSigningKey } from "../commands/addSigningKey.js";
export { copyClientCode } from "../commands/copyClientCode.js";
export { createDocument } from "../commands/createDocument.js";

setMessages(localisation().messages);
