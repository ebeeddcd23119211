import { setMessages } from "../../../server/src/localisation/messages.js";

/** The id of the element with the translations of a page that is not in English. */
export const TEXTS_ID = "texts";

/** Makes a page's script say its texts in the language that the page was written for. */
export function useTextsOfPage(): void {
  const texts = document.getElementById(TEXTS_ID)?.textContent;
  if (texts) setMessages(JSON.parse(texts));
}
