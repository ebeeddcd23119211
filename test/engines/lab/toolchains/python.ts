import path from "node:path";
import { type Engine, packageName } from "../engines.js";
import { output, type Toolchain } from "./toolchain.js";

/** `requirements.txt` with every version pinned, in a virtual environment. */
export const PYTHON: Toolchain = {
  interpreted: /\.py$/,
  needs: (engine) => [interpreter(engine), "--version"],
  async install(engine, folder, newest) {
    await output([interpreter(engine), "-m", "venv", "--clear", "venv"], folder);
    const pip = [python(folder), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    if (newest) await output([...pip, ...(engine.newest ?? [packageName(engine)])], folder);
    // Every version is pinned; some packages ask for a newer Python than the part of them that runs.
    else
      await output(
        [...pip, "--no-deps", "--ignore-requires-python", "--requirement", "requirements.txt"],
        folder,
      );
  },
  async version(engine, folder) {
    const name = packageName(engine);
    const code = `import importlib.metadata; print(importlib.metadata.version(${JSON.stringify(name)}))`;
    return (await output([python(folder), "-c", code], folder)).trim();
  },
  command: (_engine, folder) => [python(folder), "-u", "driver.py"],
};

function interpreter({ python: version }: Engine): string {
  return `python${version ?? "3"}`;
}

function python(folder: string): string {
  return process.platform === "win32"
    ? path.join(folder, "venv", "Scripts", "python.exe")
    : path.join(folder, "venv", "bin", "python");
}
