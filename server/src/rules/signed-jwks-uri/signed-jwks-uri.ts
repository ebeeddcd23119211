import { federation } from "../../specifications/sources.js";
import { httpsRule } from "../oidc/httpsRule.js";

export const https = httpsRule({
  id: "signed-jwks-uri/https",
  title: "signed_jwks_uri is an https URL",
  why: "Federations fetch the signed key set from there.",
  member: "signed_jwks_uri",
  source: federation("5.2.1"),
});
