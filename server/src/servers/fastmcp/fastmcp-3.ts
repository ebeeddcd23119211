import { fastmcpProfile } from "./profile.js";
import { isLoopbackName } from "./redirectMatching.js";

/** FastMCP 3.4.x, as read at 3.4.7: fewer hosts are loopback, and plain http to a public host is allowed. */
export const fastmcp3 = fastmcpProfile({
  id: "fastmcp-3",
  name: "FastMCP 3",
  version: "3.4.7",
  commit: "758397efa66e2cedac95ada540001bc44a95a646",
  authorize: { isLoopbackHost: isLoopbackName, httpOnlyToLoopback: false },
});
