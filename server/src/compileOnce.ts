import { setFlagsFromString } from "node:v8";

/**
 * Makes a function of this process become machine code once, by Maglev, where this Node.js has it switched on (not in Node.js
 * 20, nor since 22.9 in 22, https://github.com/nodejs/node/pull/54384); elsewhere it does nothing. The copies that Sparkplug
 * makes before and TurboFan after it take memory, and the time of threads that have something better to do; documents of up
 * to 50 KB are checked as fast without them, those of 5 MB in about a fifth more time.
 *
 * V8 reads these flags whenever it decides, so they may be set while it runs. It does not know them all in each version, and
 * says nothing. Source: https://github.com/v8/v8/blob/13.6.233/src/flags/flag-definitions.h
 */
export function compileOnce(): void {
  const build: Readonly<Record<string, unknown>> = { ...process.config.variables };
  if (build["v8_enable_maglev"] !== 1) return;
  setFlagsFromString("--no-sparkplug");
  setFlagsFromString("--no-opt");
}
