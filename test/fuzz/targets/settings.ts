import { hostedUrl } from "../../../server/src/check/hosting.js";
import { compileSeverities } from "../../../server/src/check/severities.js";
import { CreateArgumentError, readCreateArguments } from "../../../server/src/cli/createOptions.js";
import { UsageError } from "../../../server/src/cli/io.js";
import { readSettingsFile } from "../../../server/src/cli/settingsFile.js";
import { SettingChange } from "../../../server/src/languageFeatures/settingChange.js";
import { readSettings } from "../../../server/src/lsp/settings.js";
import { RULES } from "../../../server/src/rules/rules.js";
import { type FuzzTarget, holds, sameJson } from "./target.js";

const PATHS = ["client.cimd.json", "public/oauth/client.json", "a/b/c d/#?.json", "", "../x"];

/** The `cimd.*` settings, as an editor sends them and as `--config` reads them. */
export const settings: FuzzTarget = {
  name: "settings",
  holds: "any settings are read, and what cannot be used is left out with a complaint",
  seeds: () => [
    '{ "servers": ["fastmcp"], "rules": { "redirect-uris/*": "off" }, "hosting": { "public/**": "https://app.acme.dev/" }, "hosted": { "timeout": 5, "allowPrivateNetwork": true }, "codeLens": { "enabled": false } }',
    '{ // comment\n "cimd.servers": ["nobody"], "cimd.rules": { "*": "loud" }, }',
    '{ "hosting": { "**/*?.json": "http://app.acme.dev", "a*b*c/**/d": "https://x/y?z" } }',
    '{ "__proto__": { "servers": 1 }, "rules": { "__proto__": "off", "constructor": "error" }, "hosted": { "timeout": 1e999 } }',
    '{ "rules": { "client-id/**": "warning", "*/*": "hint" }, "servers": [1, null], "hosted": null }',
    "--name\nAcme\n-r\nhttp://localhost/callback\n--output\n../x.json",
  ],
  run(text) {
    let section: unknown;
    try {
      section = readSettingsFile(text, "settings.json");
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
    }
    const read = readSettings(section);
    holds(sameJson(read, readSettings(section)), "the same settings are read alike");
    const { timeoutSeconds } = read.hosted;
    holds(timeoutSeconds >= 1 && timeoutSeconds <= 60, "a timeout is between 1 and 60 s", () =>
      String(timeoutSeconds),
    );
    const severityOf = compileSeverities(read.rules);
    for (const { id, severity } of RULES) severityOf(id, severity);
    for (const path of [...PATHS, text.slice(0, 100)]) {
      const url = hostedUrl(read.hosting, path);
      if (url !== undefined) holds(/^https:\/\/\S/.test(url), "a hosted file has an https URL", () => url);
    }
    SettingChange.safeParse(section);
    try {
      readCreateArguments(text.split("\n"));
    } catch (error) {
      if (!(error instanceof CreateArgumentError)) throw error;
    }
  },
};
