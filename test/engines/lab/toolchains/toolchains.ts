import { spawnSync } from "node:child_process";
import type { Engine, ToolchainName } from "../engines.js";
import { CARGO } from "./cargo.js";
import { GO } from "./go.js";
import { MAVEN } from "./maven.js";
import { NODE } from "./node.js";
import { PYTHON } from "./python.js";
import type { Toolchain } from "./toolchain.js";

export const TOOLCHAINS: Readonly<Record<ToolchainName, Toolchain>> = {
  node: NODE,
  python: PYTHON,
  maven: MAVEN,
  go: GO,
  cargo: CARGO,
};

/** @returns the program that an engine needs and this machine does not have, or not new enough */
export function missingProgram(engine: Engine): string | undefined {
  const [program = "", ...args] = TOOLCHAINS[engine.toolchain].needs(engine);
  const { status } = spawnSync(program, args, {
    cwd: engine.folder,
    stdio: "ignore",
    shell: process.platform === "win32",
  });
  return status === 0 ? undefined : program;
}
