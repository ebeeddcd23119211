import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import { Newest } from "./newest.js";

/**
 * What oidc-provider stores, in memory and gone with the rehearsal. Of each kind the newest are there; oidc-provider
 * looks at the expiry times itself.
 *
 * @param client what is known of a client, by its identifier
 */
export function memoryAdapter(client: (id: string) => AdapterPayload | undefined): AdapterFactory {
  return (model) => (model === "Client" ? new Clients(client) : new Entries());
}

class Entries implements Adapter {
  readonly #byId = new Newest<string, AdapterPayload>();

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    this.#byId.set(id, payload);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#byId.get(id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...this.#byId.values()].find((payload) => payload.uid === uid);
  }

  async findByUserCode(): Promise<undefined> {}

  async consume(id: string): Promise<void> {
    const payload = this.#byId.get(id);
    if (payload) this.#byId.set(id, { ...payload, consumed: Math.floor(Date.now() / 1000) });
  }

  async destroy(id: string): Promise<void> {
    this.#byId.delete(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, payload] of this.#byId) if (payload.grantId === grantId) this.#byId.delete(id);
  }
}

class Clients extends Entries {
  readonly #client: (id: string) => AdapterPayload | undefined;

  constructor(client: (id: string) => AdapterPayload | undefined) {
    super();
    this.#client = client;
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#client(id);
  }
}
