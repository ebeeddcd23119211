/**
 * What zod's `z.url()` hands on of a text that it takes: without white space at the ends, and without the tabs and line
 * breaks that URL parsers skip.
 *
 * @see npm:zod@4.6.7 v4/core/schemas.js `$ZodURL`
 */
export function zodUrlText(text: string): string {
  return text.trim().replace(/[\t\n\r]/g, "");
}
