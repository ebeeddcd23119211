/** Who can serve a document: services and web servers, and routes of one's own application. */
export const CONFIGURED_HOSTS = [
  "github-pages",
  "cloudflare-pages",
  "netlify",
  "vercel",
  "nginx",
  "s3",
  "express",
  "hono",
  "nextjs",
  "fastapi",
  "laravel",
  "rails",
] as const;
export type ConfiguredHost = (typeof CONFIGURED_HOSTS)[number];

/** The file that each host reads its headers from; the others are set up elsewhere. */
export const HOST_FILES: Partial<Readonly<Record<ConfiguredHost, string>>> = {
  "cloudflare-pages": "_headers",
  netlify: "_headers",
  vercel: "vercel.json",
};

/** What published documents are best served with: an hour is within what every known server keeps a document for. */
export const CACHE_CONTROL = "public, max-age=3600";
