import type { Element as ElementMarkup, Markup } from "./markup.js";

/**
 * Makes a page look like a list of markup, as {@link patchChildren} does. What has the focus keeps it, also where it had
 * to be moved; where it is gone, the element that has its id now gets it.
 */
export function patchPage(page: Element, children: readonly Markup[]): void {
  const focused = document.activeElement;
  patchChildren(page, children);
  if (!(focused instanceof HTMLElement) || focused === document.activeElement || !focused.id) return;
  const heir = focused.isConnected ? focused : document.getElementById(focused.id);
  heir?.focus({ preventScroll: true });
}

/**
 * Makes the children of a node look like a list of markup, changing only what differs: focus, scroll positions, open
 * details and what is being typed stay as they are. A child with an id is moved to its new place rather than made anew.
 * Text goes in as text, never as HTML.
 */
export function patchChildren(parent: Element, children: readonly Markup[]): void {
  const wantedIds = new Set(children.map(idOf));
  for (let at = 0; at < children.length; at++) {
    const wanted = children[at];
    if (wanted === undefined) continue;
    const current = childFor(parent, at, wanted, wantedIds);
    if (current === undefined) parent.append(create(wanted));
    else if (typeof wanted === "string") {
      if (current.nodeType === Node.TEXT_NODE) {
        if (current.nodeValue !== wanted) current.nodeValue = wanted;
      } else replace(current, create(wanted), wantedIds);
    } else if (current instanceof HTMLElement && matches(current, wanted)) patchElement(current, wanted);
    else replace(current, create(wanted), wantedIds);
  }
  while (parent.childNodes.length > children.length) parent.lastChild?.remove();
}

function idOf(markup: Markup): string | undefined {
  return typeof markup === "string" ? undefined : markup.attributes.id;
}

/** The child that stands at a place, after the one with the wanted id, if there is one further down, was moved there. */
function childFor(
  parent: Element,
  at: number,
  wanted: Markup,
  wantedIds: ReadonlySet<string | undefined>,
): ChildNode | undefined {
  const current = parent.childNodes[at];
  const id = idOf(wanted);
  if (id === undefined || !current || (current instanceof Element && current.id === id)) return current;
  const known = [...parent.children].find((child) => child.id === id);
  if (!known) return current;
  // Removing what is not wanted any more often brings it here without a move, which would cost it the focus.
  for (let node = parent.childNodes[at]; node && node !== known; node = parent.childNodes[at]) {
    if (node instanceof Element && node.id !== "" && wantedIds.has(node.id)) break;
    node.remove();
  }
  const place = parent.childNodes[at] ?? null;
  if (place !== known) parent.insertBefore(known, place);
  return known;
}

/** Puts a node in the place of another one; the other one stays behind it where it is still wanted. */
function replace(current: ChildNode, by: Node, wantedIds: ReadonlySet<string | undefined>): void {
  if (current instanceof Element && current.id !== "" && wantedIds.has(current.id)) current.before(by);
  else current.replaceWith(by);
}

/** Whether an element can become another; different ids, classes or choices mean a different thing. */
function matches(current: HTMLElement, { tag, attributes }: ElementMarkup): boolean {
  return (
    current.localName === tag &&
    (current.getAttribute("id") ?? undefined) === attributes.id &&
    (current.getAttribute("class") ?? "").split(" ")[0] === (attributes.class ?? "").split(" ")[0]
  );
}

function create(markup: Markup): Node {
  if (typeof markup === "string") return document.createTextNode(markup);
  const element = document.createElement(markup.tag);
  patchElement(element, markup);
  return element;
}

function patchElement(element: HTMLElement, { attributes, children }: ElementMarkup): void {
  for (const name of element.getAttributeNames()) {
    // A person opened it; no drawing closes it.
    if (!(name in attributes) && name !== "open") element.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  patchChildren(element, children);
  const { value } = attributes;
  const typing = element === document.activeElement;
  if (value === undefined || typing) return;
  if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) {
    if (element.value !== value) element.value = value;
  }
}
