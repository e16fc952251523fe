/** Chance that gives the same inputs in every run. */
export interface Random {
  /** 0 up to, not including, `below`. */
  int(below: number): number
  pick<T>(from: readonly [T, ...T[]]): T
}

/** Mulberry32: 32 bits of state, more than even enough for made-up code. */
export function createRandom(seed: number): Random {
  let state = seed
  const int = (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
  return { int, pick: (from) => from[int(from.length)] ?? from[0] }
}
