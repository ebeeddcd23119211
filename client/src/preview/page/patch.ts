import type { Element as ElementMarkup, Markup } from "../markup.js";

/**
 * Makes the children of a node look like a list of markup, changing only what differs: focus, scroll positions, open
 * details and what is being typed stay as they are. Text goes in as text, never as HTML.
 */
export function patchChildren(parent: Element, children: readonly Markup[]): void {
  for (let at = 0; at < children.length; at++) {
    const wanted = children[at];
    if (wanted === undefined) continue;
    const current = parent.childNodes[at];
    if (current === undefined) parent.append(create(wanted));
    else if (typeof wanted === "string") {
      if (current.nodeType === Node.TEXT_NODE) {
        if (current.nodeValue !== wanted) current.nodeValue = wanted;
      } else current.replaceWith(create(wanted));
    } else if (current instanceof HTMLElement && matches(current, wanted)) patchElement(current, wanted);
    else current.replaceWith(create(wanted));
  }
  while (parent.childNodes.length > children.length) parent.lastChild?.remove();
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
