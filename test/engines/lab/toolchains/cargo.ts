import path from "node:path";
import { packageName } from "../engines.js";
import { output, type Toolchain } from "./toolchain.js";

/** `Cargo.toml` and `Cargo.lock`; the program is `driver`. */
export const CARGO: Toolchain = {
  needs: () => ["cargo", "--version"],
  async install(engine, folder, newest) {
    if (newest)
      await output(["cargo", "add", "--quiet", ...(engine.newest ?? [packageName(engine)])], folder);
    const locked = newest ? [] : ["--locked"];
    await output(["cargo", "build", "--quiet", "--release", ...locked], folder);
  },
  async version(engine, folder) {
    const id = (await output(["cargo", "pkgid", packageName(engine)], folder)).trim();
    return id.slice(Math.max(id.lastIndexOf("@"), id.lastIndexOf("#")) + 1);
  },
  command: (_engine, folder) => [path.join(folder, "target", "release", "driver")],
};
