import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  Client,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type OAuthTokens,
  type StoredOAuthClientInformation,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from "@modelcontextprotocol/client";
import type { Browser, Page } from "playwright-core";

const ABOUT = { name: "e2e", version: "1.0.0" };

/** A person's MCP client, made of the MCP SDK, with the browser that it opens. */
export class McpClient {
  /** What the browser showed when it was opened last. */
  shown = "";
  readonly #browser: Browser;
  readonly #clientId: string;
  readonly #answers: URLSearchParams[] = [];
  readonly #listener: Server;
  #redirectUrl = "";

  /** @param clientId of the document that the client is known by */
  constructor(browser: Browser, clientId: string) {
    this.#browser = browser;
    this.#clientId = clientId;
    this.#listener = createServer(({ url = "" }, response) => {
      const { pathname, searchParams } = new URL(url, this.#redirectUrl);
      // Browsers ask for an icon, too.
      if (pathname === "/callback") this.#answers.push(searchParams);
      response.end("Back in the client.");
    });
  }

  /** Waits at `http://127.0.0.1/callback`, on any port, for the person to come back. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#listener.listen(0, "127.0.0.1", resolve));
    this.#redirectUrl = `http://127.0.0.1:${(this.#listener.address() as AddressInfo).port}/callback`;
  }

  /**
   * Signs in and calls the tool `whoami`.
   *
   * @param onConsent called with the consent page before it is allowed
   * @returns what the tool says; undefined where the server did not let the person come back
   */
  async whoAmI(address: string, onConsent?: (page: Page) => Promise<unknown>): Promise<string | undefined> {
    let identity: StoredOAuthClientInformation | undefined;
    let tokens: OAuthTokens | undefined;
    let discovered: OAuthDiscoveryState | undefined;
    let verifier = "";
    const provider: OAuthClientProvider = {
      redirectUrl: this.#redirectUrl,
      clientMetadataUrl: this.#clientId,
      clientMetadata: { redirect_uris: [this.#redirectUrl], token_endpoint_auth_method: "none" },
      clientInformation: () => identity,
      saveClientInformation: (given) => {
        identity = given;
      },
      tokens: () => tokens,
      saveTokens: (given) => {
        tokens = given;
      },
      redirectToAuthorization: (url) => this.#openBrowser(url, onConsent),
      codeVerifier: () => verifier,
      saveCodeVerifier: (given) => {
        verifier = given;
      },
      discoveryState: () => discovered,
      saveDiscoveryState: (given) => {
        discovered = given;
      },
    };
    const transport = () => new StreamableHTTPClientTransport(new URL(address), { authProvider: provider });
    const first = transport();
    try {
      await new Client(ABOUT).connect(first);
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) throw error;
    }
    const answer = this.#answers.pop();
    if (!answer) return undefined;
    await first.finishAuth(answer);
    const client = new Client(ABOUT);
    await client.connect(transport());
    const result = await client.callTool({ name: "whoami", arguments: {} });
    await client.close();
    return JSON.stringify(result);
  }

  async #openBrowser(url: URL, onConsent?: (page: Page) => Promise<unknown>): Promise<void> {
    const page = await this.#browser.newPage();
    await page.goto(url.href);
    this.shown = (await page.locator("body").textContent()) ?? "";
    const allow = page.getByRole("link", { name: "Allow" });
    if ((await allow.count()) > 0) {
      await onConsent?.(page);
      await allow.click();
      await page.getByText("Back in the client.").waitFor();
    }
    await page.close();
  }

  close(): void {
    this.#listener.closeAllConnections();
    this.#listener.close();
  }
}
