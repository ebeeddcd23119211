import { answerAsBetterAuth } from "./betterAuth.mjs";

await answerAsBetterAuth();
