import { describe, expect, it } from "vitest";
import { lockButton } from "../../client/src/webview/lockButton.js";
import { toHtml } from "../../client/src/webview/markup.js";

describe("the lock", () => {
  it.each([
    [false, "false", "Stay with this document", "Lock"],
    [true, "true", "Follow the active editor again", "Locked"],
  ])("that is %s is pressed: %s, and says what a press does", (locked, pressed, title, text) => {
    expect(toHtml(lockButton(locked))).toBe(
      `<button type="button" class="quiet" data-action="toggleLock" aria-pressed="${pressed}" title="${title}">${text}</button>`,
    );
  });
});
