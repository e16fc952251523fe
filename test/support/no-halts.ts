/** The part of an operator's desk that stops nothing and misses nothing. */
export const NO_HALTS = {
  halt: async () => {},
  resume: async () => false,
  halted: async () => [],
  reconcile: async () => ({ looked: 0, proposed: [], queued: null, left: [] }),
}
