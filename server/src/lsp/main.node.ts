#!/usr/bin/env node
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { nodeFetcher } from "../hosted/nodeNetwork.js";
import { VERSION } from "../version.js";
import { narrow } from "./connection.js";
import { serve } from "./languageServer.js";
import { writePrivateKey } from "./privateKeyFile.js";

// The way to the editor is in the arguments: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`.
serve(narrow(createConnection(ProposedFeatures.all)), {
  version: VERSION,
  platform: { createFetcher: nodeFetcher, writePrivateKey },
});
