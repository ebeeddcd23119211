import path from "node:path";
import { packageName } from "../engines.js";
import { output, type Toolchain } from "./toolchain.js";

/** `go.mod` and `go.sum`. */
export const GO: Toolchain = {
  // Fails where `go.mod` asks for a newer Go.
  needs: () => ["go", "list", "-m"],
  async install(engine, folder, newest) {
    if (newest) {
      await output(["go", "get", ...(engine.newest ?? [`${packageName(engine)}@latest`])], folder);
      await output(["go", "mod", "tidy"], folder);
    }
    await output(["go", "build", "-o", PROGRAM, "."], folder);
  },
  version: async (engine, folder) =>
    (await output(["go", "list", "-m", "-f", "{{.Version}}", packageName(engine)], folder)).trim(),
  command: (_engine, folder) => [path.join(folder, PROGRAM)],
};

const PROGRAM = process.platform === "win32" ? "driver.exe" : "driver";
