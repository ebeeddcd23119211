import { baseRule } from "../i18n/baseRule.js";

/** The same for the name, which most servers require. */
export const i18nNoDefault = baseRule({
  id: "client-name/i18n-no-default",
  title: "The client has a name without a language tag",
  why: "A name in some languages only is no name to a server that knows no languages, and several require one.",
  bad: [
    '={"client_id": "https://app.acme.dev/oauth/client", «"client_name#fr"»: "Acm\u00e9", "redirect_uris": ["https://app.acme.dev/callback"], "token_endpoint_auth_method": "none", "grant_types": ["authorization_code", "refresh_token"]}',
  ],
  good: ['"client_name": "Acme", "client_name#fr": "Acm\u00e9"'],
  applies: (field) => field === "client_name",
});
