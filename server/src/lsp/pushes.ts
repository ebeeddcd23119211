/** How long the editor may type on before diagnostics are pushed, in ms: after the last edit, and at most. */
const DELAY = { afterLast: 100, atMost: 500 };

/** What is to be pushed for documents, once they have been left alone for a moment or have been edited for long enough. */
export class Pushes {
  readonly #push: (uri: string) => void;
  readonly #waiting = new Map<
    string,
    { readonly since: number; readonly timer: ReturnType<typeof setTimeout> }
  >();

  /** @param push does it; called once for all calls of {@link schedule} since the last time */
  constructor(push: (uri: string) => void) {
    this.#push = push;
  }

  /** A document has changed, or what is known of it. */
  schedule(uri: string): void {
    const waiting = this.#waiting.get(uri);
    clearTimeout(waiting?.timer);
    const since = waiting?.since ?? performance.now();
    const left = since + DELAY.atMost - performance.now();
    const timer = setTimeout(
      () => {
        this.#waiting.delete(uri);
        this.#push(uri);
      },
      Math.max(0, Math.min(DELAY.afterLast, left)),
    );
    this.#waiting.set(uri, { since, timer });
  }

  forget(uri: string): void {
    clearTimeout(this.#waiting.get(uri)?.timer);
    this.#waiting.delete(uri);
  }
}
