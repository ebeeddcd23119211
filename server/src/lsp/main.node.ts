import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { VERSION } from "../version.js";
import { answerHostedRequests } from "./hostedRequests.js";
import { serve } from "./languageServer.js";

serve(createConnection(ProposedFeatures.all), { version: VERSION, extend: answerHostedRequests });
