import { answerAsBetterAuth } from "./betterAuth.mjs";

await answerAsBetterAuth("mcp-2026-07-28");
