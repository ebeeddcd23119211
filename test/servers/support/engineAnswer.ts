/** What a real engine did with a document. */
export type EngineAnswer =
  | { readonly loads: true }
  | {
      readonly loads: false;
      /** The engine's error text; undefined where it crashed rather than answered. */
      readonly words: string | undefined;
    };
