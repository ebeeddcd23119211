/** What VS Code gives to the scripts of a webview. */
export interface VsCodeApi<FromPage, State> {
  postMessage(message: FromPage): void;
  setState(state: State): void;
  getState(): unknown;
}

/** @throws {Error} where the page lacks an element that `pageHtml` writes */
export function existing(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}.`);
  return element;
}
