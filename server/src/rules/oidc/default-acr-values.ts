import { CLIENT_METADATA } from "../../specifications/sources.js";
import { defineRule } from "../rule.js";

export const defaultAcrValues = defineRule({
  id: "oidc/default-acr-values",
  severity: "information",
  title: "The server supports the authentication classes",
  why: "Which classes there are is each server's business; one that offers none refuses a document that asks for some.",
  sources: [CLIENT_METADATA],
  portability: {
    message: "Some servers offer no authentication classes. Leave the member out for their users.",
  },
  bad: ['"default_acr_values": «["urn:mace:incommon:iap:silver"]»'],
  good: ['"default_max_age": 3600'],
});
