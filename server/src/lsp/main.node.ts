import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { VERSION } from "../version.js";
import { answerHostedRequests } from "./hostedRequests.js";
import { answerKeyRequests } from "./keyRequests.js";
import { serve } from "./languageServer.js";
import { answerLogoRequests } from "./logoRequests.js";

serve(createConnection(ProposedFeatures.all), {
  version: VERSION,
  extend(connection, session) {
    answerHostedRequests(connection, session);
    answerKeyRequests(connection, session);
    answerLogoRequests(connection, session);
  },
});
