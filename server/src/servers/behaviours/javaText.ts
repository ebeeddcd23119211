/** `String.trim` of Java: it takes away what is not beyond the space, and no other white space. */
export function javaTrim(text: string): string {
  return text.replace(/^[\0- ]+/, "").replace(/[\0- ]+$/, "");
}

/** `Integer.parseInt` of Java for decimal digits; undefined where it throws. */
export function javaInt(text: string): number | undefined {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= -(2 ** 31) && value < 2 ** 31 ? value : undefined;
}
