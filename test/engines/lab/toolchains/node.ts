import { readFileSync } from "node:fs";
import path from "node:path";
import { packageName } from "../engines.js";
import { output, type Toolchain } from "./toolchain.js";

/** `package.json` and its lock; npm installs, the Node.js that runs the lab starts the driver. */
export const NODE: Toolchain = {
  interpreted: /\.m?js$/,
  needs: () => ["npm", "--version"],
  async install(engine, folder, newest) {
    if (!newest) {
      await output(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], folder);
      return;
    }
    const { dependencies } = readJson(path.join(folder, "package.json")) as {
      dependencies: Record<string, string>;
    };
    const wanted = engine.newest ?? Object.keys(dependencies).map((name) => `${name}@latest`);
    await output(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", ...wanted], folder);
  },
  async version(engine, folder) {
    const manifest = path.join(folder, "node_modules", packageName(engine), "package.json");
    return (readJson(manifest) as { version: string }).version;
  },
  command: () => [process.execPath, "driver.mjs"],
};

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
