import { clip } from "../document/valueText.js";
import { say } from "../localisation/say.js";
import { header, type ResponseFacts } from "./fetcher.js";

/** A service in front of web servers that tells people from programs. */
interface Guard {
  readonly name: string;
  /** Whether the answer came through it. */
  isInFront(response: ResponseFacts): boolean;
  /** Whether the answer is its own, and not that of the web server behind it. */
  answered(response: ResponseFacts): boolean;
}

const has = (response: ResponseFacts, name: string): boolean => response.headers.has(name);
const says = (response: ResponseFacts, name: string, pattern: RegExp): boolean =>
  pattern.test(header(response, name) ?? "");
const isDenied = ({ status }: ResponseFacts): boolean => status === 403 || status === 429 || status === 503;

/**
 * The services that are told by their headers, each as it documents them:
 * Cloudflare https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/,
 * AWS WAF https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html,
 * Vercel https://vercel.com/docs/headers/response-headers.
 */
const GUARDS: readonly Guard[] = [
  {
    name: "Cloudflare",
    isInFront: (response) => has(response, "cf-ray") || says(response, "server", /^cloudflare$/i),
    answered: (response) => has(response, "cf-mitigated"),
  },
  {
    name: "AWS WAF",
    isInFront: (response) => has(response, "x-amzn-waf-action"),
    answered: (response) => has(response, "x-amzn-waf-action"),
  },
  {
    name: "Vercel",
    isInFront: (response) => has(response, "x-vercel-id"),
    answered: (response) => has(response, "x-vercel-mitigated"),
  },
  {
    name: "DataDome",
    isInFront: (response) => has(response, "x-datadome"),
    answered: (response) => has(response, "x-datadome") && isDenied(response),
  },
  {
    name: "Akamai",
    isInFront: (response) => says(response, "server", /^AkamaiGHost$/i),
    answered: (response) => says(response, "server", /^AkamaiGHost$/i) && isDenied(response),
  },
  {
    name: "Imperva",
    isInFront: (response) => has(response, "x-iinfo"),
    answered: (response) => has(response, "x-iinfo") && isDenied(response),
  },
];

/** What keeps programs away from a document, and what to do about it. */
export interface Challenge {
  readonly sentence: string;
  readonly fix: string;
}

/**
 * Says that a challenge for bots answered and not the document's server.
 *
 * @returns undefined where the answer shows none
 */
export function challengeOf(response: ResponseFacts): Challenge | undefined {
  const guard = GUARDS.find(({ answered }) => answered(response));
  if (!guard) return undefined;
  return {
    sentence: say`The answer is ${response.status} from ${guard.name}'s bot protection instead of the document, and authorization servers are bots.`,
    fix: `${say`Take this path out of ${guard.name}'s bot protection and firewall rules.`} ${elsewhere()}`,
  };
}

/** What a check from here cannot see: a service in front of the document that may treat a data centre otherwise. */
export function mayBeChallenged(response: ResponseFacts): string | undefined {
  const guard = GUARDS.find(({ isInFront }) => isInFront(response));
  return (
    guard &&
    say`The answer came through ${guard.name}, which may challenge requests from data centres, where authorization servers are. Run cimd validate there as well, in a pipeline for instance.`
  );
}

/** Why another place may see another answer. */
export function elsewhere(): string {
  return say`A data centre, where authorization servers are, may see another answer than this machine: run cimd validate there as well, in a pipeline for instance.`;
}

const LOGIN = /(?:^|[/._-])(?:log-?in|sign-?in|sso|saml2?|oauth2?|authorize|auth)(?:$|[/._-])/i;
const LOGIN_HOST = /(?:^|\.)(?:cloudflareaccess\.com|accounts\.google\.com|login\.microsoftonline\.com)$/i;

/** Whether a redirect leads to a page where people sign in. */
export function isLoginUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && (LOGIN_HOST.test(parsed.hostname) || LOGIN.test(parsed.pathname));
}

/** Whether a web page asks for a password. */
export function isLoginPage(html: string): boolean {
  return /<input\b[^<>]{0,500}\btype\s*=\s*["']?password\b/i.test(html);
}

/** What a redirect to a page where people sign in is called. */
export function loginRedirect(status: number, target: string): Challenge {
  return {
    sentence: say`The URL redirects (${status}) to a login page, ${clip(target)}, and documents are fetched anonymously.`,
    fix: say`Serve this path without a login, to everyone.`,
  };
}
