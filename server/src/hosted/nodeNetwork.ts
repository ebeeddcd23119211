import type { CreateFetcher } from "./network.js";

/** The guarded Node fetcher, loaded at the first request. */
export const nodeFetcher: CreateFetcher = async ({ allowPrivateNetwork, proxy }) => {
  const { createNodeFetcher } = await import("./node/index.js");
  return createNodeFetcher({ allowPrivateNetwork, proxy });
};
