#!/usr/bin/env node
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { nodeFetcher } from "../hosted/nodeNetwork.js";
import { VERSION } from "../version.js";
import { narrow } from "./connection.js";
import { editorStreams } from "./editorStreams.js";
import { serve } from "./languageServer.js";
import { writePrivateKey } from "./privateKeyFile.js";

// The way to the editor is in the arguments: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`.
const streams = editorStreams(process.argv.slice(2));
const connection = streams
  ? createConnection(ProposedFeatures.all, streams.input, streams.output)
  : createConnection(ProposedFeatures.all);
serve(narrow(connection), {
  version: VERSION,
  platform: {
    createFetcher: nodeFetcher,
    writePrivateKey,
    loadRehearsal: () => import("../rehearsal/rehearsal.js"),
  },
});
