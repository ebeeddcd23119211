import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { ROOT } from "./tools.js";

/** What a registry was asked. */
interface Request {
  /** Without the query. */
  readonly path: string;
  /** The access token, from the query or the header. */
  readonly token: string | undefined;
  readonly body: Buffer;
}

/** What the registry, and GitHub's token service beside it, answer. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  "/id-token": { value: "id-token-for-open-vsx" },
  "/api/version": { version: "1.3.0" },
  "/api/-/size-limit": { maxSize: 512 * 1024 * 1024 },
  "/api/-/trusted-publishing/token": { value: "short-lived-token" },
  "/api/-/publish": { namespace: "cimd", name: "cimd", version: "0.0.0", targetPlatform: "universal" },
};

/**
 * Publishes with `ovsx` to a registry on this machine, in an environment as GitHub Actions gives it to a job with
 * `id-token: write`, and without any token.
 *
 * @param args the arguments of `ovsx`
 * @returns what the registry was asked, and how `ovsx` ended
 */
export async function openVsxRehearsal(
  args: readonly string[],
): Promise<{ requests: Request[]; exitCode: number; printed: string }> {
  const requests: Request[] = [];
  const registry = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://registry");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const token = searchParams.get("token") ?? request.headers.authorization?.replace(/^Bearer /, "");
    requests.push({ path: pathname, token, body: Buffer.concat(chunks) });
    response.writeHead(pathname in ANSWERS ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(ANSWERS[pathname] ?? { error: "not here" }));
  });
  registry.listen(0, "127.0.0.1");
  await once(registry, "listening");
  const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
  try {
    const { OVSX_PAT: _none, ...env } = process.env;
    const child = spawn(process.execPath, [path.join(ROOT, "node_modules", "ovsx", "bin", "ovsx"), ...args], {
      cwd: ROOT,
      env: {
        ...env,
        ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/id-token?api-version=2.0`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
        OVSX_REGISTRY_URL: url,
      },
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        printed += chunk;
      });
    const [exitCode] = await once(child, "close");
    return { requests, exitCode, printed };
  } finally {
    registry.close();
  }
}
