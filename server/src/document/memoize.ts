/**
 * A function that finds something out about an object once: it answers from memory as long as the object is there. Several
 * rules and servers ask for the same facts of a document.
 *
 * @param find a pure function; who gets its results must not change them
 */
export function memoize<Subject extends object, Fact>(
  find: (subject: Subject) => Fact,
): (subject: Subject) => Fact {
  const facts = new WeakMap<Subject, { readonly fact: Fact }>();
  return (subject) => {
    let known = facts.get(subject);
    if (!known) {
      known = { fact: find(subject) };
      facts.set(subject, known);
    }
    return known.fact;
  };
}
