/** Tells whoever works on a request that nobody waits for the answer any more. */
export interface CancellationToken {
  readonly isCancellationRequested: boolean;
  /** @param listener called once; at once where that has happened already */
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** The token of work that nobody can withdraw. */
export const NEVER_CANCELLED: CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose() {} }),
};

/** Gives out a token and says when it is over. */
export class Cancellation {
  #requested = false;
  readonly #listeners = new Set<() => void>();

  readonly token: CancellationToken;

  constructor() {
    const requested = () => this.#requested;
    this.token = {
      get isCancellationRequested() {
        return requested();
      },
      onCancellationRequested: (listener) => {
        if (this.#requested) listener();
        else this.#listeners.add(listener);
        return { dispose: () => this.#listeners.delete(listener) };
      },
    };
  }

  cancel(): void {
    this.#requested = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}
