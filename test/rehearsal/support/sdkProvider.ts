import { randomUUID } from "node:crypto";
import { CLIENT_ID, REDIRECT_URI } from "./rehearse.js";

/** What an application gives to an MCP SDK of either major, with the tokens in memory and a browser that says yes. */
export class MemoryProvider {
  readonly clientMetadataUrl = CLIENT_ID;
  readonly redirectUrl = REDIRECT_URI.replace("127.0.0.1", "127.0.0.1:4712");
  readonly clientMetadata = { client_name: "Acme", redirect_uris: [this.redirectUrl] };
  addClientAuthentication?: never;
  #information: never | undefined;
  #tokens: never | undefined;
  #discovered: never | undefined;
  #verifier = "";
  /** What the browser brought back. */
  returned = new URLSearchParams();

  constructor(authentication?: unknown) {
    if (authentication) this.addClientAuthentication = authentication as never;
  }

  state(): string {
    return randomUUID();
  }

  clientInformation(): undefined {
    return this.#information;
  }

  saveClientInformation(information: unknown): void {
    this.#information = information as never;
  }

  tokens(): undefined {
    return this.#tokens;
  }

  saveTokens(tokens: unknown): void {
    this.#tokens = tokens as never;
  }

  saveDiscoveryState(state: unknown): void {
    this.#discovered = state as never;
  }

  discoveryState(): undefined {
    return this.#discovered;
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }

  codeVerifier(): string {
    return this.#verifier;
  }

  async redirectToAuthorization(url: URL): Promise<void> {
    const answer = await fetch(url, { redirect: "manual" });
    this.returned = new URL(answer.headers.get("location") ?? "").searchParams;
  }
}
