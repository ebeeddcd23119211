import { auth } from "@modelcontextprotocol/client";
import { answerWith } from "./signIn.mjs";

await answerWith(auth);
