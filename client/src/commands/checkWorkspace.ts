import type { WorkspaceProblems } from "../workspace/workspaceProblems.js";

/** `CIMD: Check Workspace`: shows the problems of all client metadata documents of the workspace. */
export function checkWorkspace(problems: WorkspaceProblems): Promise<void> {
  return problems.check();
}
