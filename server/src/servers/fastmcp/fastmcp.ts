import { allNeedHost, webNeedsHost } from "./documentModel.js";
import { RS256_ONLY, RSA_AND_EC } from "./flow.js";
import { type FastmcpRelease, fastmcpProfile } from "./profile.js";
import { isLoopbackHost } from "./redirectMatching.js";

const newest: FastmcpRelease = {
  version: "4.2.3",
  needsHost: webNeedsHost,
  authorize: { isLoopbackHost, httpOnlyToLoopback: true, unsafeRefused: true, dotSegmentsRefused: true },
  assertions: RSA_AND_EC,
};

/** FastMCP 4.x: since 4.1.7 a private-use scheme needs no host, and since 4.1.2 assertions may be signed with EC keys. */
export const fastmcp = fastmcpProfile({
  id: "fastmcp",
  name: "FastMCP",
  reach: {
    kind: "downloads",
    package: "pypi:fastmcp",
    perMonth: 77_980_295,
    source:
      "https://github.com/hugovk/top-pypi-packages/blob/5501c5c934df26d6f01fb1ca810845db02111c7d/top-pypi-packages.json",
    date: "2026-04-01",
  },
  newest,
  before: [
    { version: "4.1.7", release: { ...newest, version: "4.1.6", needsHost: allNeedHost } },
    {
      version: "4.1.2",
      release: { ...newest, version: "4.1.1", needsHost: allNeedHost, assertions: RS256_ONLY },
    },
  ],
});
