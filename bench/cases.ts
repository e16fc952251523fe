import type { Case } from './case.ts'
import { cost } from './cost.ts'
import { diffMap } from './diff-map.ts'
import { filter } from './filter.ts'
import { intake } from './intake.ts'
import { lead } from './lead.ts'
import { matrix } from './matrix.ts'
import { memory } from './memory.ts'
import { queue } from './queue.ts'
import { rules } from './rules.ts'

/** Every case by the name that a person gives. */
export const CASES: ReadonlyMap<string, Case> = new Map([
  ['cost', cost],
  ['diff-map', diffMap],
  ['filter', filter],
  ['intake', intake],
  ['lead', lead],
  ['matrix', matrix],
  ['memory', memory],
  ['queue', queue],
  ['rules', rules],
])
