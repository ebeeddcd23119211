/**
 * A page as data. The same tree becomes DOM nodes in the webview (`patch.ts`) and text in an exported file
 * (`toHtml`), so there is one drawing and one list of what may be drawn.
 *
 * Nothing that runs, loads or navigates can be said in it: no script, no link, no form, no event handler, no style, and
 * an image only from a `data:` URL.
 */

const TAGS = [
  "article",
  "aside",
  "bdi",
  "button",
  "code",
  "dd",
  "details",
  "div",
  "dl",
  "dt",
  "fieldset",
  "footer",
  "h1",
  "h2",
  "h3",
  "header",
  "img",
  "input",
  "label",
  "legend",
  "li",
  "main",
  "ol",
  "option",
  "p",
  "section",
  "select",
  "span",
  "strong",
  "summary",
  "ul",
  "wbr",
] as const;
export type Tag = (typeof TAGS)[number];

const ATTRIBUTES = [
  "alt",
  "aria-colcount",
  "aria-colspan",
  "aria-controls",
  "aria-current",
  "aria-describedby",
  "aria-disabled",
  "aria-expanded",
  "aria-hidden",
  "aria-label",
  "aria-labelledby",
  "aria-level",
  "aria-live",
  "aria-posinset",
  "aria-pressed",
  "aria-setsize",
  "autocomplete",
  "class",
  "data-action",
  "data-cell",
  "data-choice",
  "data-group",
  "data-index",
  "data-run",
  "data-server",
  "data-step",
  "dir",
  "disabled",
  "for",
  "hidden",
  "id",
  "inputmode",
  "lang",
  "max",
  "maxlength",
  "min",
  "open",
  "placeholder",
  "role",
  "selected",
  "spellcheck",
  "src",
  "tabindex",
  "title",
  "type",
  "value",
] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

const KNOWN_TAGS: ReadonlySet<string> = new Set(TAGS);
const KNOWN_ATTRIBUTES: ReadonlySet<string> = new Set(ATTRIBUTES);
const VOID: ReadonlySet<string> = new Set(["img", "input", "wbr"]);
const SAFE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/;

export interface Element {
  readonly tag: Tag;
  readonly attributes: Readonly<Partial<Record<Attribute, string>>>;
  readonly children: readonly Markup[];
}

/** An element, or a text. */
export type Markup = Element | string;

type Child = Markup | undefined | false | readonly Child[];

/**
 * Makes an element.
 *
 * @param attributes `true` is an attribute without a value, `false` and undefined none
 * @throws {RangeError} for a tag, an attribute or an image source that is not on the lists above
 */
export function h(
  tag: Tag,
  attributes: Readonly<Partial<Record<Attribute, string | number | boolean | undefined>>> = {},
  ...children: Child[]
): Element {
  if (!KNOWN_TAGS.has(tag)) throw new RangeError(`A page of the extension draws no <${tag}>.`);
  const kept: Partial<Record<Attribute, string>> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (!KNOWN_ATTRIBUTES.has(name))
      throw new RangeError(`A page of the extension sets no attribute ${name}.`);
    const text = value === true ? "" : String(value);
    if (name === "src" && !SAFE_IMAGE.test(text))
      throw new RangeError("A page of the extension shows inlined images only.");
    kept[name as Attribute] = text;
  }
  return { tag, attributes: kept, children: flat(children) };
}

function flat(children: readonly Child[]): Markup[] {
  return children.flatMap((child): Markup[] => {
    if (child === undefined || child === false || child === "") return [];
    return Array.isArray(child) ? flat(child) : [child as Markup];
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes a text for HTML content and double-quoted attributes; a NUL becomes U+FFFD, as HTML parsers do. */
export function escapeHtml(text: string): string {
  return text.replaceAll("\0", "\ufffd").replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Reads a sentence of ours in which `…` stands for code. */
export function withCode(sentence: string): Markup[] {
  return sentence
    .split("`")
    .flatMap((part, at): Markup[] => (part === "" ? [] : [at % 2 === 1 ? h("code", {}, part) : part]));
}

/** Lets a line end behind the punctuation of a URL rather than inside a word. */
export function breakable(text: string): Markup[] {
  const parts = text.match(/[^/?&#.]+[/?&#.]*|[/?&#.]+/g) ?? [];
  return parts.flatMap((part, at): Markup[] => (at === 0 ? [part] : [h("wbr"), part]));
}

/** Writes a tree as HTML text. */
export function toHtml(markup: Markup): string {
  if (typeof markup === "string") return escapeHtml(markup);
  const attributes = Object.entries(markup.attributes)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join("");
  const start = `<${markup.tag}${attributes}>`;
  return VOID.has(markup.tag) ? start : `${start}${markup.children.map(toHtml).join("")}</${markup.tag}>`;
}
