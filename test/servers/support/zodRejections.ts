/**
 * Lets one rejection of atproto's schemas go by while tests run. zod 3 parses the members of an object at once; where two
 * of them throw, as two URIs that no parser takes do, it hands on the first error and leaves the second to nobody.
 *
 * @returns what puts things back
 */
export function letSecondInvalidUrlGo(): () => void {
  const listeners = process.listeners("unhandledRejection");
  const filter = (reason: unknown, promise: Promise<unknown>): void => {
    if (reason instanceof TypeError && /oauth-types/.test(reason.stack ?? "")) return;
    for (const listener of listeners) listener(reason, promise);
  };
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", filter);
  return () => {
    process.off("unhandledRejection", filter);
    for (const listener of listeners) process.on("unhandledRejection", listener);
  };
}
