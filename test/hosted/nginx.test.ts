import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { validateHosted } from "../../server/src/api/validateHosted.js";
import { nginxLocation } from "../../server/src/hosted/hostAdvice.js";
import { GOOD_IDENTITY, goodDocument, HOST, loopbackFetcher } from "./testServer.js";

const PATH = "/oauth/client.json";

const NGINX = ["nginx", "/usr/sbin/nginx"].find((file) => spawnSync(file, ["-v"]).status === 0);

/** The lines the advice gives, without its introduction. */
const ADVISED = nginxLocation(PATH).replace(/^[^:]*: /, "");

/** A port nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Serves a folder with nginx until `use` is done. */
async function withNginx(location: string, use: (url: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "cimd-nginx-"));
  const port = await freePort();
  const url = `https://${HOST}:${port}${PATH}`;
  mkdirSync(path.join(folder, "www", "oauth"), { recursive: true });
  writeFileSync(
    path.join(folder, "www", PATH),
    goodDocument(url, { redirect_uris: [`https://${HOST}/callback`], application_type: "web" }),
  );
  writeFileSync(path.join(folder, "cert.pem"), GOOD_IDENTITY.cert);
  writeFileSync(path.join(folder, "key.pem"), GOOD_IDENTITY.key);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(" ");
  writeFileSync(
    path.join(folder, "nginx.conf"),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http {
  access_log off; ${temporary}
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
    root ${folder}/www;
    ${location}
  }
}
`,
  );
  const nginx = spawn(NGINX ?? "nginx", ["-p", folder, "-c", path.join(folder, "nginx.conf")], {
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => nginx.once("close", resolve));
  try {
    await untilListening(port);
    await use(url);
  } finally {
    nginx.kill();
    await ended;
    rmSync(folder, { recursive: true });
  }
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
    });
    if (open) return;
    await wait(50);
  }
  throw new Error("nginx does not listen");
}

describe.skipIf(NGINX === undefined)(
  `nginx${NGINX === undefined ? " (not installed: apt-get install nginx-light)" : ""}`,
  () => {
    it("with the advised configuration gives a green report", async () => {
      await withNginx(ADVISED, async (url) => {
        const report = await validateHosted(url, { fetcher: loopbackFetcher(), servers: ["fastmcp"] });
        expect(report.steps.filter(({ state }) => state !== "passed")).toEqual([]);
        expect(report.ok).toBe(true);
      });
    });

    it("without it is told what is missing, and how to fix it", async () => {
      await withNginx("", async (url) => {
        const report = await validateHosted(url, { fetcher: loopbackFetcher(), servers: "none" });
        const step = (id: string) => report.steps.find((one) => one.id === id);
        expect(step("content-type")).toMatchObject({
          state: "warning",
          sentence: "The Content-Type is text/plain instead of application/json.",
          fix: expect.stringContaining(nginxLocation(PATH)),
        });
        expect(step("cache")).toMatchObject({
          state: "warning",
          fix: expect.stringContaining(nginxLocation(PATH)),
        });
      });
    });
  },
);
