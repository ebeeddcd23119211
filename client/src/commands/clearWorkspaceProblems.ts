import type { WorkspaceProblems } from "../workspace/workspaceProblems.js";

/** `CIMD: Clear Workspace Problems`: takes back what `CIMD: Check Workspace` shows. */
export function clearWorkspaceProblems(problems: WorkspaceProblems): void {
  problems.clear();
}
