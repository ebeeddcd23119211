import type { LazyPanel } from "../webview/lazyPanel.js";

/** `CIMD: Lock or Unlock the Consent Preview`: the preview stays with its document, or follows the active editor again. */
export function togglePreviewLock(preview: LazyPanel): Promise<void> {
  return preview.toggleLock();
}
