import type * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { SigningAlgorithm } from "../../server/src/create/signingAlgorithms.js";
import type { AddSigningKeyParams } from "../../server/src/lsp/protocol.js";

/** A private key that is about to be made, and the file that the person chose for it. */
export interface NewPrivateKey {
  /** How the language server takes part: it makes the pair, or it gets the public key. */
  readonly params: Pick<AddSigningKeyParams, "privateKeyFile" | "publicKey">;
  /** Where the private key goes, for people. */
  readonly file: string;
  /** Writes the private key where the language server does not. Called once the public key has found its place. */
  readonly keep: () => Thenable<void>;
}

/** What differs between a desktop and a browser. */
export interface Platform {
  /** Whether the language server can listen for other programs. */
  readonly canListen: boolean;
  /**
   * Loads the library of the connection.
   *
   * @returns makes a client whose language server runs in a process or a web worker
   */
  loadClient(): Promise<(options: LanguageClientOptions) => BaseLanguageClient>;
  /**
   * Takes hold of the language server that a client has started, to end it whatever it does.
   *
   * @returns ends it at once; nothing happens where it has ended already
   */
  holdLanguageServer(client: BaseLanguageClient): () => void;
  /**
   * Asks where a private key is kept.
   *
   * @param document the client metadata document that gets the public key
   * @returns undefined when the person left, or was told why it cannot be kept there
   */
  makePrivateKey(document: vscode.Uri, algorithm: SigningAlgorithm): Promise<NewPrivateKey | undefined>;
}
