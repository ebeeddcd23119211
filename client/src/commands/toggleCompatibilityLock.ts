import type { LazyPanel } from "../webview/lazyPanel.js";

/** `CIMD: Lock or Unlock the Server Compatibility`: the view stays with its document, or follows the active editor again. */
export function toggleCompatibilityLock(compatibility: LazyPanel): Promise<void> {
  return compatibility.toggleLock();
}
