import type { Constraint } from "../profile.js";
import { onMembers } from "./constraintKinds.js";
import type { BodyOptions } from "./jsonBody.js";
import { compareShape, type Misfit, type Path, pointerTo, type Shape } from "./zodShape.js";

/** A zod schema of a document's members, as far as their JSON types go. */
export interface ZodMembers extends BodyOptions {
  readonly shapes: readonly (readonly [name: string, shape: Shape])[];
  /** The rules about a misfit, by member and kind (`scope/type`), where they are not those about any member. */
  readonly rules: ReadonlyMap<string, string>;
  /** The server's words. */
  readonly words: (misfit: Misfit, path: Path) => string;
}

/** One constraint per member, null included; a member that is absent fits. */
export function zodMemberTypes({ shapes, rules, words, ...options }: ZodMembers): readonly Constraint[] {
  return shapes.map(([name, shape]) =>
    onMembers({ id: `${name}-type`, rule: "document/wrong-type", ...options }, (members, report) => {
      if (members[name] === undefined) return;
      compareShape(members[name], shape, [name], (misfit, path) => {
        report(words(misfit, path), pointerTo(path), ruleOf(name, misfit, rules));
      });
    }),
  );
}

function ruleOf(name: string, misfit: Misfit, rules: ReadonlyMap<string, string>): string {
  if (misfit.kind !== "too-small" && misfit.value === null) return "document/null-value";
  const own = rules.get(`${name}/${misfit.kind}`);
  return own ?? (misfit.kind === "too-small" ? "document/empty-string" : "document/wrong-type");
}
