/** `2026-11-23 13:05 UTC`: how reports write a moment. */
export function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
