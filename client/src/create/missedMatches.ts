/**
 * What a person has searched for and not checked: the items that match what is typed.
 *
 * @returns nothing where nothing is typed, or one of the matches is checked
 */
export function missedMatches<
  Item extends { readonly id: string; readonly label: string; readonly description?: string },
>(typed: string, items: readonly Item[], checked: readonly string[]): readonly Item[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return [];
  const matches = items.filter(({ label, description = "" }) =>
    [label, description].some((text) => text.toLowerCase().includes(wanted)),
  );
  return matches.some(({ id }) => checked.includes(id)) ? [] : matches;
}
