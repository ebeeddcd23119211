/** Hosts that `hostingConfiguration` writes for. */
export const CONFIGURED_HOSTS = ["cloudflare-pages", "netlify", "vercel", "nginx", "s3"] as const;
export type ConfiguredHost = (typeof CONFIGURED_HOSTS)[number];

/** The file that each host reads its headers from; the others are set up elsewhere. */
export const HOST_FILES: Partial<Readonly<Record<ConfiguredHost, string>>> = {
  "cloudflare-pages": "_headers",
  netlify: "_headers",
  vercel: "vercel.json",
};

/** What published documents are best served with: an hour is within what every known server keeps a document for. */
export const CACHE_CONTROL = "public, max-age=3600";
