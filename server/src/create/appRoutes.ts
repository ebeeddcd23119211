import { CACHE_CONTROL } from "./hosts.js";

/** A path of a site, and the file that is served there. */
export interface ServedFile {
  /** One that `pathsToConfigure` lets through: it cannot end a string literal. */
  readonly path: string;
  /** Relative to the application's folder, of the same characters. */
  readonly file: string;
}

/** Frameworks in which a few lines serve a document. */
export const FRAMEWORKS = ["express", "hono", "nextjs", "fastapi", "laravel", "rails"] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/**
 * Routes that serve files as JSON that may be cached for an hour, without cookies. Sources:
 * https://expressjs.com/en/5x/api.html#res.type, https://hono.dev/docs/api/context#body,
 * https://nextjs.org/docs/app/getting-started/route-handlers,
 * https://fastapi.tiangolo.com/advanced/response-directly/, https://laravel.com/docs/12.x/responses#file-responses,
 * https://guides.rubyonrails.org/routing.html#routing-to-rack-applications. Express and Hono are run by the tests.
 */
export function appRoutes(framework: Framework, served: readonly ServedFile[]): string {
  return ROUTES[framework](served);
}

const ROUTES: Readonly<Record<Framework, (served: readonly ServedFile[]) => string>> = {
  express: (served) =>
    lines(
      "// Before middleware that sets cookies or asks for a login",
      'import { readFile } from "node:fs/promises";',
      "",
      ...served.flatMap(({ path, file }) => [
        `app.get("${path}", async (_request, response) => {`,
        `  const document = await readFile("${file}");`,
        `  response.type("application/json").set("Cache-Control", "${CACHE_CONTROL}").send(document);`,
        "});",
      ]),
    ),
  hono: (served) =>
    lines(
      "// Before middleware that sets cookies or asks for a login",
      'import { readFile } from "node:fs/promises";',
      "",
      ...served.flatMap(({ path, file }) => [
        `app.get("${path}", async (context) =>`,
        `  context.body(await readFile("${file}", "utf8"), 200, {`,
        '    "Content-Type": "application/json",',
        `    "Cache-Control": "${CACHE_CONTROL}",`,
        "  }),",
        ");",
      ]),
    ),
  nextjs: (served) =>
    lines(
      "// Take this path out of what middleware.ts (proxy.ts) matches, if that asks for a login",
      ...served.flatMap(({ path, file }, index) => [
        index > 0 && "",
        `// app${path}/route.ts`,
        `import document from "@/${file}";`,
        "",
        "export function GET() {",
        `  return Response.json(document, { headers: { "Cache-Control": "${CACHE_CONTROL}" } });`,
        "}",
      ]),
    ),
  fastapi: (served) =>
    lines(
      "from pathlib import Path",
      "",
      "from fastapi import Response",
      ...served.flatMap(({ path, file }, index) => [
        "",
        "",
        `@app.get("${path}", include_in_schema=False)`,
        `def ${index === 0 ? "client_metadata" : "client_keys"}() -> Response:`,
        "    return Response(",
        `        Path("${file}").read_bytes(),`,
        '        media_type="application/json",',
        `        headers={"Cache-Control": "${CACHE_CONTROL}"},`,
        "    )",
      ]),
    ),
  laravel: (served) =>
    lines(
      "// routes/web.php, without the group that starts sessions and sets cookies",
      ...served.flatMap(({ path, file }) => [
        `Route::get('${path}', fn () => response()->file(base_path('${file}'), [`,
        "    'Content-Type' => 'application/json',",
        `    'Cache-Control' => '${CACHE_CONTROL}',`,
        "]))->withoutMiddleware('web');",
      ]),
    ),
  rails: (served) =>
    lines(
      "# config/routes.rb",
      ...served.flatMap(({ path, file }) => [
        `get "${path}", format: false, to: ->(_env) {`,
        `  headers = { "content-type" => "application/json", "cache-control" => "${CACHE_CONTROL}" }`,
        `  [200, headers, [Rails.root.join("${file}").read]]`,
        "}",
      ]),
    ),
};

function lines(...all: readonly (string | false)[]): string {
  return `${all.filter((line) => line !== false).join("\n")}\n`;
}
