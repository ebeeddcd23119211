import { say } from "../../localisation/say.js";
import { ciba } from "../../specifications/sources.js";
import { valueRule } from "../oidc/valueRule.js";
import { defineRule, type Rule } from "../rule.js";

const mode = valueRule({
  id: "ciba/mode",
  title: "The delivery mode is poll, ping or push",
  why: "The server has to know how the client gets the outcome of a sign-in that it started in the background.",
  member: "backchannel_token_delivery_mode",
  values: ["poll", "ping", "push"],
  source: ciba("4"),
});

const endpoint = defineRule({
  id: "ciba/endpoint",
  severity: "error",
  title: "ping and push have an address to call",
  why: "In both modes the server calls the client, so it has to know where.",
  sources: [ciba("4")],
  bad: [
    '"backchannel_token_delivery_mode": «"ping"»',
    '"backchannel_token_delivery_mode": "push", "backchannel_client_notification_endpoint": «"http://app.acme.dev/ciba"»',
  ],
  good: [
    '"backchannel_token_delivery_mode": "poll"',
    '"backchannel_token_delivery_mode": "ping", "backchannel_client_notification_endpoint": "https://app.acme.dev/ciba"',
  ],
  check(document, report) {
    const endpoint = document.string("backchannel_client_notification_endpoint");
    if (endpoint && endpoint.value !== "" && !/^https:\/\/[^/]/i.test(endpoint.value.trim())) {
      report({
        at: endpoint,
        pointer: "/backchannel_client_notification_endpoint",
        message: say`\`backchannel_client_notification_endpoint\` must be an absolute https URL (CIBA Core §4). Use https.`,
      });
    }
    const mode = document.string("backchannel_token_delivery_mode");
    if (!document.complete || (mode?.value !== "ping" && mode?.value !== "push")) return;
    if (document.has("backchannel_client_notification_endpoint")) return;
    report({
      at: mode,
      pointer: "/backchannel_token_delivery_mode",
      message: say`In mode ${mode.value} the server calls the client (CIBA Core §4). Add \`backchannel_client_notification_endpoint\`, or use poll.`,
    });
  },
});

/** Rules about sign-ins that start in the background. */
export const cibaRules: readonly Rule[] = [mode, endpoint];
