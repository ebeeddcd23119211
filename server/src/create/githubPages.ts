import type { ServedFile } from "./appRoutes.js";

/**
 * The client identifier URL that a document gets on GitHub Pages: its own where that is on the site, else the file's name
 * at the site's root.
 *
 * @param clientId as the document has it; may be no URL, or one of another host
 * @param base the site's, such as `https://acme.github.io/notes/`; undefined where the repository is not known: then only a URL of GitHub Pages' own names the site
 * @param file the document's file
 * @returns undefined where neither tells the site
 */
export function urlOnPages(clientId: string, base: string | undefined, file: string): string | undefined {
  const own = URL.parse(clientId);
  if (base === undefined) return own?.hostname.endsWith(".github.io") ? own.href : undefined;
  if (own?.href.startsWith(base) && own.href.length > base.length) return own.href;
  return new URL(encodeURIComponent(nameOf(file).toWellFormed()), base).href;
}

/**
 * The site's base of a URL on it: the owner's own site has its files at the root, a repository's below its name.
 *
 * @param url from {@link urlOnPages}
 */
export function baseOnPages(url: string, base: string | undefined): string {
  if (base !== undefined) return base;
  const { origin, pathname } = new URL(url);
  const [, repository = "", ...rest] = pathname.split("/");
  return rest.length === 0 ? `${origin}/` : `${origin}/${repository}/`;
}

/**
 * A workflow that publishes the files, and nothing else, on GitHub Pages, which chooses the content type by the file name
 * and lets caches keep a file for ten minutes. Sources: https://docs.github.com/en/pages/getting-started-with-github-pages/using-custom-workflows-with-github-pages,
 * https://github.com/actions/upload-pages-artifact, https://github.com/actions/deploy-pages.
 *
 * @param url of the document
 * @param served paths below the site's base
 */
export function githubPagesWorkflow(url: string, served: readonly ServedFile[]): string {
  const copies = served.flatMap(({ path, file }) => [
    `          mkdir -p "_site${path.slice(0, path.lastIndexOf("/"))}"`,
    `          cp "${file}" "_site${path}"`,
  ]);
  const [document] = served;
  return [
    "# .github/workflows/pages.yml",
    `# Publishes the document at ${url}, which has to be its client_id.`,
    "# Once: Settings > Pages > Build and deployment > Source: GitHub Actions.",
    "#",
    "# The repository has a site already? Then no workflow is needed: put the document into the folder that is published,",
    `# at ${document?.path.slice(1)}, and an empty file .nojekyll beside the site's index.html, or in _config.yml`,
    `# include: ["${document?.path.split("/")[1]}"]`,
    "name: Publish the client metadata document",
    "on:",
    "  push:",
    "    branches: [main, master]",
    "  workflow_dispatch:",
    "permissions:",
    "  contents: read",
    "  pages: write",
    "  id-token: write",
    "concurrency:",
    "  group: pages",
    "jobs:",
    "  publish:",
    "    runs-on: ubuntu-latest",
    "    environment:",
    "      name: github-pages",
    `      url: ${url}`,
    "    steps:",
    "      - uses: actions/checkout@v7",
    "      - run: |",
    ...copies,
    "      - uses: actions/upload-pages-artifact@v5",
    "        with:",
    "          path: _site",
    "          include-hidden-files: true",
    "      - uses: actions/deploy-pages@v4",
    "",
  ].join("\n");
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}
