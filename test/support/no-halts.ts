/** The part of an operator's desk that stops nothing. */
export const NO_HALTS = {
  halt: async () => {},
  resume: async () => false,
  halted: async () => [],
}
