import { clip } from "../../document/valueText.js";
import { say } from "../../localisation/say.js";
import { challengeOf, elsewhere, isLoginUrl, loginRedirect, mayBeChallenged } from "../challenge.js";
import { type FetchTrail, header, type ResponseFacts } from "../fetcher.js";
import { advise, type HostingProblem } from "../hostAdvice.js";
import { describeDifference } from "../identity.js";
import { type Step, step } from "../report.js";

/**
 * Only 200 will do, and no redirect is followed.
 *
 * @see OAuth Client ID Metadata Document -03 §4 (exactly 200) and §5 (MUST NOT follow redirects)
 */
export function statusStep(trail: FetchTrail, response: ResponseFacts): Step {
  const { status } = response;
  const challenge = challengeOf(response);
  if (challenge) return step("status", "failed", challenge.sentence, { fix: challenge.fix });
  if (status === 200) {
    const unseen = mayBeChallenged(response);
    return step("status", "passed", say`200 OK, no redirect.`, { details: unseen ? [unseen] : [] });
  }
  if (status === 304) {
    return failed(
      trail,
      response,
      say`The answer is 304 Not Modified, although nothing was asked conditionally.`,
      undefined,
      say`Answer unconditional requests with 200 and the document.`,
    );
  }
  const location = header(response, "location");
  if (status >= 300 && status < 400) return redirectStep(trail, response, location);
  if (status >= 200 && status < 300) {
    return failed(
      trail,
      response,
      say`The answer is ${status}, and only exactly 200 counts as success.`,
      undefined,
      say`Serve the document with status 200.`,
    );
  }
  return failed(trail, response, ...errorStatus(status, header(response, "retry-after")));
}

function failed(
  trail: FetchTrail,
  response: ResponseFacts,
  sentence: string,
  problem: HostingProblem | undefined,
  otherwise: string,
): Step {
  const fix = problem ? advise(problem, trail.url, response, otherwise) : otherwise;
  return step("status", "failed", sentence, { fix });
}

function redirectStep(trail: FetchTrail, response: ResponseFacts, location: string | undefined): Step {
  const { status } = response;
  const target = location === undefined ? undefined : URL.parse(location, trail.url)?.href;
  if (target === undefined) {
    return failed(
      trail,
      response,
      say`The answer is ${status} without a usable Location, and authorization servers must not follow redirects.`,
      "redirect",
      say`Serve the document at this URL with status 200.`,
    );
  }
  if (target === new URL(trail.url).href) {
    return failed(
      trail,
      response,
      say`The URL redirects (${status}) to itself, so nothing can ever be fetched from it.`,
      "redirect",
      say`Serve the document at this URL with status 200; a rule that waits for a cookie does this.`,
    );
  }
  if (isLoginUrl(target) && !isLoginUrl(trail.url)) {
    const login = loginRedirect(status, target);
    return failed(trail, response, login.sentence, "auth", login.fix);
  }
  const difference = describeDifference(target, trail.url);
  const only = difference.length === 1 ? ` (${difference[0]})` : "";
  return failed(
    trail,
    response,
    say`The URL redirects (${status}) to ${clip(target)}${only}, and authorization servers must not follow redirects.`,
    "redirect",
    say`Serve the document at this URL with status 200, or use the final URL as client_id, in the document and in the client.`,
  );
}

function errorStatus(
  status: number,
  retryAfter: string | undefined,
): [string, HostingProblem | undefined, string] {
  switch (status) {
    case 401:
    case 403:
      return [
        say`The answer is ${status}: the server wants a login or blocks automatic requests, and documents are fetched anonymously.`,
        "auth",
        `${say`Let everyone read this path: no login, no bot protection, no country block.`} ${elsewhere()}`,
      ];
    case 404:
    case 410:
      return [
        say`The answer is ${status}: there is no document at this URL.`,
        "not-found",
        say`Deploy the document, and check path and spelling.`,
      ];
    case 405:
      return [
        say`The answer is 405: the server does not allow GET on this path.`,
        undefined,
        say`Serve the document as a static file.`,
      ];
    case 406:
      return [
        say`The answer is 406: the server has nothing for Accept: application/json.`,
        undefined,
        say`Serve the document whatever the Accept header says.`,
      ];
    case 429:
      return [
        retryAfter === undefined
          ? say`The answer is 429: the server limits requests.`
          : say`The answer is 429: the server limits requests (Retry-After: ${clip(retryAfter)}).`,
        "auth",
        say`Take this path out of rate limiting: every sign-in somewhere may fetch it.`,
      ];
    default:
      return status >= 500
        ? [
            say`The answer is ${status}: the server failed.`,
            undefined,
            say`Look into its error log; a static file needs no backend.`,
          ]
        : [say`The answer is ${status} instead of 200.`, undefined, say`Serve the document with status 200.`];
  }
}
