import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { VERSION } from "../version.js";
import { serve } from "./languageServer.js";

serve(createConnection(ProposedFeatures.all), { version: VERSION });
