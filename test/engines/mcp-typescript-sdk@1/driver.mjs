import { auth } from "@modelcontextprotocol/sdk/client/auth.js";
import { answerWith } from "./signIn.mjs";

await answerWith(auth);
