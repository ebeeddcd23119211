/** How many elements a drawing may have, each counted as often as it is drawn. */
export const MOST_SVG_ELEMENTS = 5000;

/** Elements that bring in other images or documents, run, or never come to rest. */
const UNBOUNDED: ReadonlySet<string> = new Set(
  "image feimage foreignobject script iframe video audio link animate animatetransform animatemotion set".split(
    " ",
  ),
);

/** Why an SVG is not drawn; `element` names what cannot be bounded, `size` is too much, `form` cannot be told. */
export type SvgRefusal =
  | { readonly kind: "element"; readonly name: string }
  | { readonly kind: "size" | "form" };

/** What an element with an id draws. */
interface Part {
  elements: number;
  /** Ids of what is drawn with it: `href="#a"`, `fill="url(#b)"`. */
  readonly references: string[];
}

/**
 * Says what it costs to draw an SVG, without drawing it: ten levels of `<use>`, each of ten copies, are ten thousand
 * million elements in a kilobyte. Patterns, masks and the like are counted in the same way, for they repeat too.
 *
 * @returns undefined where it can be drawn
 */
export function svgRefusal(text: string): SvgRefusal | undefined {
  // Another encoding, an entity, a default attribute or a style sheet elsewhere can hold what is not seen here.
  if (/<!(?:ENTITY|ATTLIST)|<\?xml-stylesheet/i.test(text)) return { kind: "form" };
  const encoding = /^[^>]*?\sencoding\s*=\s*["']([^"']*)/.exec(text)?.[1];
  if (encoding !== undefined && !/^(?:utf-8|us-ascii)$/i.test(encoding)) return { kind: "form" };
  if (hasOpenStyle(text)) return { kind: "element", name: "style" };
  const whole: Part = { elements: 0, references: [] };
  const parts = new Map<string, Part>();
  /** The elements that are open, each with its part where it has an id. */
  const open: (Part | undefined)[] = [];
  for (const tag of tagsOf(text)) {
    if (tag === undefined) return { kind: "form" };
    const { name, attributes, closes, isEmpty } = tag;
    if (closes) {
      open.pop();
      continue;
    }
    // A character reference or an escape can hide what is looked for here.
    if (/&#|\\/.test(attributes)) return { kind: "form" };
    if (UNBOUNDED.has(name.replace(/^.*:/, "").toLowerCase())) return { kind: "element", name };
    const id = idOf(attributes);
    if (id !== undefined && !/^[^\s"'()%&]*$/.test(id)) return { kind: "form" };
    const part: Part | undefined = id === undefined ? undefined : { elements: 0, references: [] };
    if (id !== undefined && part && !parts.has(id)) parts.set(id, part);
    const references = [...attributes.matchAll(/#([^\s"')]+)/g)].map(([, target = ""]) => target);
    // One character written as another is, as `%61`.
    if (references.some((target) => target.includes("%"))) return { kind: "form" };
    if (references.length > MOST_REFERENCES) return { kind: "size" };
    for (const holder of [whole, ...open, part]) {
      if (!holder) continue;
      holder.elements++;
      holder.references.push(...references);
    }
    if (whole.elements > MOST_SVG_ELEMENTS || open.length > MOST_LEVELS) return { kind: "size" };
    if (!isEmpty) open.push(part);
  }
  return drawn(whole, parts) > MOST_SVG_ELEMENTS ? { kind: "size" } : undefined;
}

/** Of one element; more than a few are an attempt. */
const MOST_REFERENCES = 100;

/** Deeper drawings are made by nobody, and are drawn by recursion. */
const MOST_LEVELS = 100;

/** How many elements are drawn; infinite where a part is drawn within itself, or parts refer on and on. */
function drawn(whole: Part, parts: ReadonlyMap<string, Part>): number {
  const known = new Map<Part, number>();
  const count = (part: Part, level: number): number => {
    const before = known.get(part);
    if (before !== undefined) return before;
    if (level > MOST_LEVELS) return Number.POSITIVE_INFINITY;
    // Until it is known: whoever comes here again is within it.
    known.set(part, Number.POSITIVE_INFINITY);
    let total = part.elements;
    for (const target of part.references) {
      const referred = parts.get(target);
      if (referred) total += count(referred, level + 1);
      if (total > MOST_SVG_ELEMENTS) break;
    }
    known.set(part, total);
    return total;
  };
  return count(whole, 0);
}

/** With or without a namespace's prefix. */
const STYLE_START = /<(?:[^\s<>/:]{1,100}:)?style/i;
const STYLE_END = /<\/(?:[^\s<>/:]{1,100}:)?style/i;

/** Whether a style sheet does more than colour: it moves, brings in others, or says so in a way that hides it. */
function hasOpenStyle(text: string): boolean {
  return text
    .split(STYLE_START)
    .slice(1)
    .some((style) => /url|@|animation|[\\&]/i.test(style.split(STYLE_END, 1)[0] ?? ""));
}

/** The value of `id`, or undefined; each attribute is a name, an equals sign and a value in quotation marks. */
function idOf(attributes: string): string | undefined {
  for (let at = 0; ; ) {
    const start = attributes.slice(at).search(/["']/) + at;
    if (start < at) return undefined;
    const end = attributes.indexOf(attributes.charAt(start), start + 1);
    const name = attributes.slice(at, start).replace("=", "").trim();
    if (name === "id") return attributes.slice(start + 1, end);
    at = end + 1;
  }
}

interface Tag {
  readonly name: string;
  readonly attributes: string;
  readonly closes: boolean;
  readonly isEmpty: boolean;
}

/** The tags of an XML text in their order; undefined where one does not end. */
function* tagsOf(text: string): Generator<Tag | undefined> {
  let at = text.indexOf("<");
  while (at >= 0) {
    const end = endOf(text, at);
    if (end < 0) {
      yield undefined;
      return;
    }
    const inside = text.slice(at + 1, end);
    const name = /^\/?([^\s/>]+)/.exec(inside)?.[1];
    if (!/^[!?]/.test(inside) && name !== undefined) {
      const closes = inside.startsWith("/");
      yield { name, attributes: inside.slice(name.length), closes, isEmpty: inside.endsWith("/") };
    }
    at = text.indexOf("<", end);
  }
}

/** Where the markup that starts at a `<` has its last `>`; -1 where it has none. */
function endOf(text: string, at: number): number {
  for (const [start, end] of [
    ["<!--", "-->"],
    ["<![CDATA[", "]]>"],
    ["<?", "?>"],
  ] as const) {
    if (!text.startsWith(start, at)) continue;
    const found = text.indexOf(end, at + start.length);
    return found < 0 ? -1 : found + end.length - 1;
  }
  let quote = "";
  for (let i = at + 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return i;
  }
  return -1;
}
