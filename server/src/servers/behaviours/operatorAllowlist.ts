import type { Constraint } from "../profile.js";
import { onUrl } from "./constraintKinds.js";

/**
 * Only clients on a list of the operator's are let in. It limits and does not block: a profile describes a server whose
 * operator has let the client in, and no document can change that list.
 *
 * @param words the server's own words, and the setting that holds the list
 * @param admitted whether the list as it is shipped has this client identifier URL
 */
export function operatorAllowlist(
  words: string,
  admitted: (clientIdUrl: string) => boolean = () => false,
): Constraint {
  return onUrl(
    { id: "operator-allowlist", rule: "client-id/operator-allowlist", effect: "limits" },
    (url, report) => {
      if (!admitted(url)) report(words);
    },
  );
}
