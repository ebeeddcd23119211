/**
 * `cimd/alive`: answered with null, behind everything that arrived before it. A client that gets no answer for long knows
 * that the language server hangs.
 */
export const ALIVE = "cimd/alive";
