import { CACHE_CONTROL } from "../create/hosts.js";
import { say } from "../localisation/say.js";
import { header, type ResponseFacts } from "./fetcher.js";

/** What a hosting service gets wrong for a client metadata document. */
export type HostingProblem = "content-type" | "cache" | "redirect" | "html" | "auth" | "not-found";

/** One hosting service: how it is recognised, and the exact setting for each problem. */
export interface HostingService {
  readonly id: string;
  readonly name: string;
  recognises(host: string, response: ResponseFacts | undefined): boolean;
  /** The setting that fixes a problem, with the document's path filled in; absent where nothing can be set there. */
  advice(problem: HostingProblem, path: string): string | undefined;
  /** Where the service documents it. */
  readonly documentation: string;
}

const serverIs = (response: ResponseFacts | undefined, pattern: RegExp): boolean =>
  response !== undefined && pattern.test(header(response, "server") ?? "");
const under = (host: string, suffix: string): boolean => host === suffix || host.endsWith("." + suffix);

const headersFile = (path: string): string =>
  say`Add a file named _headers to what is published, with the lines "${path}", "  Content-Type: application/json" and "  Cache-Control: ${CACHE_CONTROL}".`;

/** The common hosts of client metadata documents, the most specific first. */
export const HOSTING_SERVICES: readonly HostingService[] = [
  {
    id: "github-raw",
    name: "raw.githubusercontent.com",
    documentation: "https://docs.github.com/en/pages/getting-started-with-github-pages",
    recognises: (host) => host === "raw.githubusercontent.com" || host === "gist.githubusercontent.com",
    advice: (problem) =>
      problem === "not-found" || problem === "auth"
        ? say`raw.githubusercontent.com only serves public repositories; publish the file with GitHub Pages instead.`
        : say`raw.githubusercontent.com serves every file as text/plain for five minutes and has no setting for it; publish the same repository with GitHub Pages (CIMD: Add Hosting Configuration… writes the workflow) and use that URL as client_id.`,
  },
  {
    id: "github",
    name: "github.com",
    documentation: "https://docs.github.com/en/pages/getting-started-with-github-pages",
    recognises: (host) => host === "github.com" || host === "gist.github.com",
    advice: () =>
      say`github.com shows web pages about files; publish the repository with GitHub Pages and use that URL as client_id.`,
  },
  {
    id: "github-pages",
    name: "GitHub Pages",
    documentation: "https://docs.github.com/en/pages",
    recognises: (host, response) => under(host, "github.io") || serverIs(response, /^GitHub\.com$/i),
    advice: (problem, path) => {
      switch (problem) {
        case "content-type":
          return path.endsWith(".json")
            ? say`GitHub Pages chooses the type by the file name and has no header settings: name the file with lower-case .json and use that URL.`
            : say`GitHub Pages chooses the type by the file name and has no header settings: name the file ${path.replace(/\/$/, "")}.json and use that URL.`;
        case "redirect":
          return say`GitHub Pages redirects folders to a slash at the end, and github.io to the custom domain: use the final URL of the file, under the custom domain if there is one.`;
        case "cache":
          return say`GitHub Pages always sends max-age=600 and has no setting for it; that is within what servers expect.`;
        case "not-found":
          return say`Jekyll leaves out folders such as .well-known: add an empty file named .nojekyll to the published folder.`;
        default:
          return undefined;
      }
    },
  },
  {
    id: "cloudflare-pages",
    name: "Cloudflare Pages",
    documentation: "https://developers.cloudflare.com/pages/configuration/headers/",
    recognises: (host) => under(host, "pages.dev"),
    advice: (problem, path) => {
      switch (problem) {
        case "content-type":
        case "cache":
          return headersFile(path);
        case "html":
        case "not-found":
          return say`Cloudflare Pages answers unknown paths with index.html while there is no 404.html: publish the file, and add a top-level 404.html.`;
        case "redirect":
          return say`Cloudflare Pages removes .html and index from paths: publish the document as a .json file and link that path.`;
        case "auth":
          return say`Take the document's path out of the Cloudflare Access policy, and out of bot protection.`;
      }
    },
  },
  {
    id: "vercel",
    name: "Vercel",
    documentation: "https://vercel.com/docs/project-configuration#headers",
    recognises: (host, response) =>
      under(host, "vercel.app") ||
      serverIs(response, /^Vercel$/i) ||
      response?.headers.has("x-vercel-id") === true,
    advice: (problem, path) => {
      switch (problem) {
        case "content-type":
        case "cache":
          return say`Add to vercel.json: { "headers": [{ "source": "${path}", "headers": [{ "key": "Content-Type", "value": "application/json" }, { "key": "Cache-Control", "value": "${CACHE_CONTROL}" }] }] }.`;
        case "html":
          return say`A rewrite in vercel.json sends every path to index.html: put the document into public/, or exclude its path from the rewrite's source.`;
        case "redirect":
          return say`Check "cleanUrls", "trailingSlash" and "redirects" in vercel.json, and which of the apex and www domains redirects to the other.`;
        case "auth":
          return say`Turn off Deployment Protection for this deployment, or use the production domain.`;
        case "not-found":
          return say`Put the document into the folder that is deployed as it is: public/ in most frameworks.`;
      }
    },
  },
  {
    id: "netlify",
    name: "Netlify",
    documentation: "https://docs.netlify.com/routing/headers/",
    recognises: (host, response) =>
      under(host, "netlify.app") ||
      serverIs(response, /^Netlify/i) ||
      response?.headers.has("x-nf-request-id") === true,
    advice: (problem, path) => {
      switch (problem) {
        case "content-type":
        case "cache":
          return headersFile(path);
        case "html":
          return say`The rule /* /index.html 200 in _redirects answers for files that are not published: put the document into the publish directory.`;
        case "redirect":
          return say`Check _redirects, the primary domain (apex and www redirect to it), and Pretty URLs in the build settings.`;
        case "auth":
          return say`Remove the password or role-based access from this site, or publish the document on another one.`;
        case "not-found":
          return say`Put the document into the publish directory named in netlify.toml.`;
      }
    },
  },
  {
    id: "s3-cloudfront",
    name: "S3 and CloudFront",
    documentation: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html",
    recognises: (host, response) =>
      under(host, "amazonaws.com") ||
      under(host, "cloudfront.net") ||
      serverIs(response, /^(AmazonS3|CloudFront)$/i) ||
      response?.headers.has("x-amz-cf-id") === true,
    advice: (problem, path) => {
      switch (problem) {
        case "content-type":
        case "cache":
          return `Set the object's metadata: aws s3 cp client.json s3://BUCKET${path} --content-type application/json --cache-control "${CACHE_CONTROL}"; with CloudFront then run aws cloudfront create-invalidation --distribution-id ID --paths ${path}.`;
        case "html":
          return say`A custom error response of the distribution turns missing objects into index.html with 200: upload the document, or limit that response to other paths.`;
        case "redirect":
          return say`Set the default origin request path and the bucket's website redirects so that this exact key is served; CloudFront's http-to-https redirect is not the reason on an https URL.`;
        case "auth":
        case "not-found":
          return say`S3 answers 403 for objects that are missing or not public: check the key, and allow s3:GetObject for the distribution (origin access control) or for everyone.`;
      }
    },
  },
  {
    id: "nginx",
    name: "nginx",
    documentation: "https://nginx.org/en/docs/http/ngx_http_headers_module.html",
    recognises: (_host, response) => serverIs(response, /^(nginx|openresty)/i),
    advice: (problem, path) => {
      switch (problem) {
        case "content-type":
        case "cache":
          return nginxLocation(path);
        case "html":
          return say`try_files sends this path to index.html: add "location = ${path} { try_files $uri =404; }" in front of it.`;
        case "redirect":
          return say`Look for return 301, rewrite and a folder of the same name in the server block; "location = ${path}" takes precedence over them when it is in the right server block.`;
        case "auth":
          return say`Add "location = ${path} { auth_basic off; allow all; }".`;
        case "not-found":
          return say`Check root and the file's permissions: nginx looks for root + ${path}.`;
      }
    },
  },
  {
    id: "caddy",
    name: "Caddy",
    documentation: "https://caddyserver.com/docs/caddyfile/directives/header",
    recognises: (_host, response) => serverIs(response, /^Caddy/i),
    advice: (problem, path) =>
      problem === "content-type" || problem === "cache"
        ? say`Add to the Caddyfile: header ${path} { Content-Type application/json } and header ${path} Cache-Control "${CACHE_CONTROL}".`
        : undefined,
  },
];

/** The nginx configuration that serves a document as every known server wants it. */
export function nginxLocation(path: string): string {
  return say`Add to the server block: location = ${path} { types { } default_type application/json; add_header Cache-Control "${CACHE_CONTROL}"; }`;
}

/** The service behind an answer, as far as its name or its headers give it away. */
export function recogniseHosting(
  url: string,
  response: ResponseFacts | undefined,
): HostingService | undefined {
  const host = URL.parse(url)?.hostname ?? "";
  return HOSTING_SERVICES.find((service) => service.recognises(host, response));
}

/**
 * The exact setting for a problem on the service that serves the URL.
 *
 * @returns a sentence, followed by the page of the service that documents it
 * @param otherwise what to say where the service is not known or has no setting
 */
export function advise(
  problem: HostingProblem,
  url: string,
  response: ResponseFacts | undefined,
  otherwise: string,
): string {
  const path = URL.parse(url)?.pathname ?? "/client.json";
  const service = recogniseHosting(url, response);
  const advice = service?.advice(problem, path);
  return service && advice !== undefined ? `${advice} (${service.documentation})` : otherwise;
}
