import { say } from "../../localisation/say.js";
import { isHidden } from "../browserView.js";
import { describeFault } from "../faults.js";
import type { FetchStage, FetchTrail } from "../fetcher.js";
import { type Step, type StepId, step } from "../report.js";

/** The step that speaks for each stage of the exchange. */
const STEP_OF_STAGE = {
  url: "url",
  addresses: "addresses",
  connection: "connection",
  tls: "tls",
  response: "response",
  body: "body",
} as const satisfies Record<FetchStage, StepId>;

/** Certificates that end sooner are worth a word. */
const DAYS_BEFORE_EXPIRY = 30;
/** More than these are not listed. */
const MOST_ADDRESSES = 8;
const DAY_MS = 86_400_000;

/** The step of the stage at which an exchange failed, or at which a browser let nothing be seen: that is no failure. */
export function faultStep(trail: FetchTrail): Step | undefined {
  const { fault } = trail;
  if (!fault) return undefined;
  const { sentence, fix } = describeFault(fault, trail);
  return step(STEP_OF_STAGE[fault.stage], isHidden(trail) ? "skipped" : "failed", sentence, {
    fix,
    durationMs: trail.durations[fault.stage],
  });
}

/**
 * The step of a stage that went well.
 *
 * @returns undefined for stages whose success says nothing by itself
 */
export function stageStep(stage: FetchStage, trail: FetchTrail, now: Date): Step | undefined {
  switch (stage) {
    case "addresses":
      return addressesStep(trail);
    case "connection":
      return connectionStep(trail);
    case "tls":
      return tlsStep(trail, now);
    case "response":
      return responseStep(trail);
    case "body":
      return bodyStep(trail);
    default:
      return undefined;
  }
}

function addressesStep({ addresses, proxy, durations }: FetchTrail): Step | undefined {
  if (!addresses) return undefined;
  const durationMs = durations.addresses;
  if (addresses.resolvedBy === "proxy") {
    return step(
      "addresses",
      "warning",
      say`The proxy ${proxy} looks the name up, so whether its addresses are public was not checked here.`,
      {
        fix: say`Run the check once without the proxy, from outside your network, to be sure.`,
        durationMs,
      },
    );
  }
  const list = addresses.list
    .slice(0, MOST_ADDRESSES)
    .map(({ address }) => address)
    .join(", ");
  if (addresses.privateAllowed) {
    const special = addresses.list.find(({ isPublic }) => !isPublic);
    return step(
      "addresses",
      "warning",
      say`${special?.address} is ${special?.kind}: fetched only because private networks are allowed here; authorization servers must not fetch from it.`,
      {
        fix: say`Deploy the document to a public address before clients use it.`,
        durationMs,
      },
    );
  }
  if (addresses.list.every(({ family }) => family === 6)) {
    return step(
      "addresses",
      "warning",
      say`The name has only IPv6 addresses (${list}); a server in a network that has only IPv4 cannot reach it.`,
      { fix: say`Add an A record with an IPv4 address.`, durationMs },
    );
  }
  return step(
    "addresses",
    "passed",
    addresses.resolvedBy === "literal"
      ? say`${list} is a public address.`
      : say`Resolves to ${list}, all public.`,
    { durationMs },
  );
}

function connectionStep({ connectedTo, proxy, durations }: FetchTrail): Step {
  const sentence = proxy
    ? say`Connected through the proxy ${proxy}.`
    : say`Connected to ${connectedTo}, the address that was checked.`;
  return step("connection", "passed", sentence, {
    durationMs: durations.connection,
  });
}

function tlsStep({ tls, certificates, durations }: FetchTrail, now: Date): Step | undefined {
  if (!tls) return undefined;
  const durationMs = durations.tls;
  const own = certificates?.[0];
  if (tls.trust === "machine") {
    return step(
      "tls",
      "warning",
      say`The certificate was issued by "${certificates?.at(-1)?.subject ?? say`an authority`}", which this machine trusts and the public list of authorities does not have.`,
      {
        fix: say`Use a certificate of a public authority; if your company inspects TLS, run the check from outside its network.`,
        durationMs,
      },
    );
  }
  const days = own ? Math.floor((own.validTo.getTime() - now.getTime()) / DAY_MS) : undefined;
  if (own && days !== undefined && days < DAYS_BEFORE_EXPIRY) {
    return step(
      "tls",
      "warning",
      days === 1 ? say`The certificate expires in 1 day.` : say`The certificate expires in ${days} days.`,
      {
        fix: say`See that its renewal is automatic.`,
        durationMs,
      },
    );
  }
  const sentence = own
    ? say`${tls.protocol}, certificate issued by "${own.issuer}", valid until ${own.validTo.toISOString().slice(0, 10)}.`
    : `${tls.protocol}.`;
  return step("tls", "passed", sentence, { durationMs });
}

function responseStep({ response, durations }: FetchTrail): Step | undefined {
  if (!response) return undefined;
  const took = Math.round(durations.response ?? 0);
  const sentence =
    response.informational.length > 0
      ? say`Answered in ${took} ms, after ${response.informational.join(", ")}.`
      : say`Answered in ${took} ms.`;
  return step("response", "passed", sentence, { durationMs: durations.response });
}

function bodyStep({ body, durations }: FetchTrail): Step | undefined {
  if (!body || body.cappedBy) return undefined;
  const durationMs = durations.body;
  if (body.surplus) {
    return step(
      "body",
      "warning",
      say`The server sent more bytes than it announced; what came after the announced end was ignored.`,
      {
        fix: say`Send the Content-Length of what is really sent.`,
        durationMs,
      },
    );
  }
  return step(
    "body",
    "passed",
    body.trailers ? say`Read to its end, trailer fields ignored.` : say`Read to its end.`,
    {
      durationMs,
    },
  );
}
