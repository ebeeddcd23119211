/**
 * Resolves an import as esbuild would without the plugin that asks. Called by a plugin's `onResolve`, which is asked again
 * while this works; `isAsking` tells it to keep out then.
 *
 * @param {import("esbuild").PluginBuild} build
 * @param {import("esbuild").OnResolveArgs} args
 * @returns {Promise<import("esbuild").ResolveResult>}
 */
export function resolveAsUsual(build, { path, kind, resolveDir, importer }) {
  return build.resolve(path, { kind, resolveDir, importer, pluginData: ASKING });
}

/** @param {import("esbuild").OnResolveArgs} args */
export function isAsking({ pluginData }) {
  return pluginData === ASKING;
}

const ASKING = Symbol("resolveAsUsual");
