// What the answer to `initialize` names of the language features. It is sent before any of them is loaded.

/** The kind of the code action that applies every fix that cannot change what the document means to any server. */
export const FIX_ALL = "source.fixAll.cimd";

/** What a person types to have something formatted: the first, and the others. */
export const FORMAT_TRIGGERS = ["}", "]", "\n"] as const;
