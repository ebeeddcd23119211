import { fastmcpProfile } from "./profile.js";
import { isLoopbackHost } from "./redirectMatching.js";

/** FastMCP 4.x, as read at 4.0.0b3. */
export const fastmcp = fastmcpProfile({
  id: "fastmcp",
  name: "FastMCP",
  version: "4.0.0b3",
  commit: "743ddffd0a0722858a1eec6ebf93b9e315d75b96",
  reach: { kind: "installed", reason: "PROVISIONAL", source: "", date: "2026-12-01" },
  authorize: { isLoopbackHost, httpOnlyToLoopback: true },
});
