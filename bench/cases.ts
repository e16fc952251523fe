import type { Case } from './case.ts'
import { diffMap } from './diff-map.ts'
import { filter } from './filter.ts'

/** Every case by the name that a person gives. */
export const CASES: ReadonlyMap<string, Case> = new Map([
  ['diff-map', diffMap],
  ['filter', filter],
])
