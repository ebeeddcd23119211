import { describe, expect, it } from "vitest";
import { ClientMetadataDocument } from "../../server/src/document/clientMetadataDocument.js";
import {
  type GoBodyOptions,
  GoStruct,
  type GoType,
  type GoValues,
} from "../../server/src/servers/behaviours/goJson.js";
import { noViolations, violationsOf } from "./violations.js";

function decoded(type: GoType, text: string, options?: GoBodyOptions): GoValues | undefined {
  return new GoStruct({ scope: type }, options).values(new ClientMetadataDocument(text));
}
