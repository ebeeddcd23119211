/** So many sign-ins are remembered. A person makes a few; a client that loops must not fill the memory. */
const MOST_ENTRIES = 200;

/** A map that forgets its oldest entry for a new one when it is full. */
export class Newest<Key, Value> extends Map<Key, Value> {
  override set(key: Key, value: Value): this {
    super.set(key, value);
    const oldest = this.keys().next();
    if (this.size > MOST_ENTRIES && !oldest.done) this.delete(oldest.value);
    return this;
  }
}
