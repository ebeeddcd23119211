import { afterEach } from "vitest";
import {
  type Rehearsal,
  type RehearsalOptions,
  type RehearsalStep,
  type StepName,
  startRehearsal,
} from "../../../server/src/rehearsal/rehearsal.js";

export const CLIENT_ID = "https://app.acme.dev/client.json";
export const REDIRECT_URI = "http://127.0.0.1/callback";

/** A document that nobody has anything against. */
export const DOCUMENT = {
  client_id: CLIENT_ID,
  client_name: "Acme",
  redirect_uris: [REDIRECT_URI],
  application_type: "native",
  token_endpoint_auth_method: "none",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  scope: "read write",
};

const running: Rehearsal[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((rehearsal) => rehearsal.stop()));
});

/** A rehearsal that ends with the test, and what it has said. */
export interface Run {
  readonly rehearsal: Rehearsal;
  readonly origin: string;
  readonly steps: readonly RehearsalStep[];
  /** The last step of a name. */
  step(name: StepName): RehearsalStep | undefined;
  /** Everything that a step says. */
  words(name: StepName): string;
  /** The document from now on. */
  type(text: string): void;
  readonly signIns: () => number;
}

export async function rehearse(
  document: object | string = DOCUMENT,
  options: Partial<RehearsalOptions> = {},
): Promise<Run> {
  let text = typeof document === "string" ? document : JSON.stringify(document);
  let signIns = 0;
  const steps: RehearsalStep[] = [];
  const rehearsal = await startRehearsal({
    text: () => text,
    consent: "allow",
    onStep: (step) => steps.push(step),
    onSignedIn: () => signIns++,
    ...options,
  });
  running.push(rehearsal);
  const step = (name: StepName) => steps.findLast((one) => one.name === name);
  return {
    rehearsal,
    origin: `http://127.0.0.1:${rehearsal.port}`,
    steps,
    step,
    words: (name) => [step(name)?.sentence, ...(step(name)?.detail ?? [])].join("\n"),
    type: (next) => {
      text = next;
    },
    signIns: () => signIns,
  };
}
