/** What a key does in a tree grid: another row gets the focus, or the row is opened or closed. */
export type Move =
  | { readonly type: "focus"; readonly row: HTMLElement | undefined }
  | { readonly type: "toggle"; readonly open: boolean };

/**
 * The keys of a tree grid whose rows have the focus, as the ARIA Authoring Practices describe them
 * (https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/#keyboardinteraction) and VS Code's trees have them.
 *
 * @param rows all rows that are visible, from top to bottom
 * @param row the one that has the focus
 * @returns undefined for a key that means nothing here
 */
export function moveBy(key: string, rows: readonly HTMLElement[], row: HTMLElement): Move | undefined {
  const at = rows.indexOf(row);
  const expanded = row.getAttribute("aria-expanded");
  const focus = (other: HTMLElement | undefined): Move => ({ type: "focus", row: other });
  switch (key) {
    case "ArrowDown":
      return focus(rows[at + 1]);
    case "ArrowUp":
      return focus(rows[at - 1]);
    case "Home":
      return focus(rows[0]);
    case "End":
      return focus(rows[rows.length - 1]);
    case "ArrowRight":
      if (expanded === "false") return { type: "toggle", open: true };
      return focus(expanded === "true" && levelOf(rows[at + 1]) > levelOf(row) ? rows[at + 1] : undefined);
    case "ArrowLeft":
      if (expanded === "true") return { type: "toggle", open: false };
      return focus(rows.slice(0, at).findLast((other) => levelOf(other) < levelOf(row)));
    case "Enter":
    case " ":
      return expanded === null ? undefined : { type: "toggle", open: expanded === "false" };
    default:
      return undefined;
  }
}

function levelOf(row: HTMLElement | undefined): number {
  return Number(row?.getAttribute("aria-level") ?? 0);
}
