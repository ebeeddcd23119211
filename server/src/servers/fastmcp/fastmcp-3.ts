import { allNeedHost } from "./documentModel.js";
import { RS256_ONLY } from "./flow.js";
import { type FastmcpRelease, fastmcpProfile } from "./profile.js";
import { isLoopbackName } from "./redirectMatching.js";

const newest: FastmcpRelease = {
  version: "3.4.11",
  needsHost: allNeedHost,
  authorize: {
    isLoopbackHost: isLoopbackName,
    httpOnlyToLoopback: false,
    unsafeRefused: true,
    dotSegmentsRefused: true,
  },
  assertions: RS256_ONLY,
};

/**
 * FastMCP 3.x: fewer hosts are loopback, and plain http to a public host is allowed. Before 3.2 the port of every entry is
 * compared, and no scheme and no dot segment is refused.
 */
export const fastmcp3 = fastmcpProfile({
  id: "fastmcp-3",
  name: "FastMCP 3",
  newest,
  before: [
    {
      version: "3.2.0",
      release: {
        ...newest,
        version: "3.1.1",
        authorize: {
          isLoopbackHost: () => false,
          httpOnlyToLoopback: false,
          unsafeRefused: false,
          dotSegmentsRefused: false,
        },
      },
    },
  ],
});
