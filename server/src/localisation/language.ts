import type { Messages } from "./messages.js";

/** A language and its texts. */
export interface Localisation {
  /** A BCP 47 tag. */
  readonly language: string;
  /** Undefined for English. */
  readonly messages: Messages | undefined;
}

/** The language that everything is written in. */
export const ENGLISH: Localisation = { language: "en", messages: undefined };
