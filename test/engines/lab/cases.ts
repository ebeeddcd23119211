/** A part of a text: as it stands, or repeated, with `{#}` in it replaced by the number of the repetition. */
export type Part = string | { readonly repeat: string; readonly times: number };

/** A text as it is written, or the recipe of a long one. */
export type Recipe = string | readonly Part[];

/** One question to an engine: what it does with a document, or with a redirect URI that a request sends. */
export interface EngineCase {
  /** The client identifier URL of the request, which is also where the document is found. */
  readonly url: string;
  readonly body: Recipe;
  /** What the authorization request sends; absent where only loading is asked about. */
  readonly redirectUri?: string;
}

/** What an engine does with a document or a request. `crashed` is a refusal that nobody meant. */
export type Outcome = "accepts" | "refuses" | "allowed" | "refused" | "crashed";

export interface Answer {
  readonly outcome: Outcome;
  /** The engine's own words. */
  readonly message: string;
}

/** @returns the text that a recipe describes */
export function textOf(recipe: Recipe): string {
  if (typeof recipe === "string") return recipe;
  return recipe
    .map((part) =>
      typeof part === "string"
        ? part
        : Array.from({ length: part.times }, (_, at) => part.repeat.replaceAll("{#}", String(at))).join(""),
    )
    .join("");
}

/** Two cases with one key ask the same. */
export function keyOf({ url, body, redirectUri }: EngineCase): string {
  return JSON.stringify([url, body, redirectUri]);
}
