import { fastmcpProfile } from "./profile.js";
import { isLoopbackHost } from "./redirectMatching.js";

/** FastMCP 4.x, as read at 4.0.0b3. */
export const fastmcp = fastmcpProfile({
  id: "fastmcp",
  name: "FastMCP",
  version: "4.0.0b3",
  commit: "743ddffd0a0722858a1eec6ebf93b9e315d75b96",
  reach: {
    kind: "downloads",
    package: "pypi:fastmcp",
    perMonth: 77_980_295,
    source:
      "https://github.com/hugovk/top-pypi-packages/blob/5501c5c934df26d6f01fb1ca810845db02111c7d/top-pypi-packages.json",
    date: "2026-04-01",
  },
  authorize: { isLoopbackHost, httpOnlyToLoopback: true },
});
