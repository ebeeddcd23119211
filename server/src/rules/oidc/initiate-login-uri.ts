import { CLIENT_METADATA } from "../../specifications/sources.js";
import { httpsRule } from "./httpsRule.js";

export const initiateLoginUri = httpsRule({
  id: "oidc/initiate-login-uri",
  title: "initiate_login_uri is an https URL",
  why: "People are sent there from other sites to start signing in, so nobody on the way may change it.",
  member: "initiate_login_uri",
  source: CLIENT_METADATA,
});
