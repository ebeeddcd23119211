import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export * from "./editor.js";

/** @returns the process ids of the language servers that this extension host has started */
export function languageServerProcesses(): number[] {
  return childProcesses()
    .filter(({ command }) => command.includes("languageServer.cjs"))
    .map(({ pid }) => pid);
}

/** @returns the children of this process; from /proc on Linux, where `ps` may be missing in a container */
function childProcesses(): { pid: number; command: string }[] {
  const all = process.platform === "linux" ? processesFromProc() : processesFromPs();
  return all.filter(({ parent }) => parent === process.pid);
}

function processesFromProc(): { pid: number; parent: number; command: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/stat`, "utf8");
        const [state, parent] = status.slice(status.lastIndexOf(")") + 2).split(" ");
        if (state === "Z") return [];
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return []; // It ended between the listing and the reading.
      }
    });
}

function processesFromPs(): { pid: number; parent: number; command: string }[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}
