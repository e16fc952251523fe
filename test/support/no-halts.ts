/** The part of an operator's desk that stops nothing, misses nothing and has planned nothing. */
export const NO_HALTS = {
  plan: async () => null,
  halt: async () => {},
  resume: async () => false,
  halted: async () => [],
  reconcile: async () => ({ looked: 0, proposed: [], queued: null, left: [] }),
}
