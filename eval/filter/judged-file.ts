import { pathFacts } from '#core/filter/file-kind'
import { SIGNALS, type Signal } from '#core/filter/hit'
import { type SelectionInput, selectFiles } from '#core/filter/select-files'
import type { FileDecision } from '#core/filter/selection'

export type Label = 'yes' | 'no' | 'borderline'

/** One labelled file and what the filter made of it. */
export interface JudgedFile {
  /** Where a person finds it: `owner/name@sha path`, or the path of a file of our own. */
  readonly place: string
  readonly language: string
  readonly label: Label
  /** Why a person labelled it so. */
  readonly because: string
  readonly decision: FileDecision
  /** What the decision would be without one signal; only signals that change the score. */
  readonly without: ReadonlyMap<Signal, FileDecision>
}

/** The decisions about some files that the same input leads to without each signal. */
export function decisionsWithout(
  input: SelectionInput,
  paths: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlyMap<Signal, FileDecision>> {
  // A lock file's decision depends on the manifests beside it, no other on another file.
  const files = input.files.filter(
    ({ path }) => paths.has(path) || pathFacts(path).kind === 'manifest',
  )
  const byPath = new Map<string, Map<Signal, FileDecision>>()
  const whole = selectFiles({ ...input, files })
  for (const signal of SIGNALS) {
    const poorer = selectFiles({ ...input, files, without: new Set([signal]) })
    poorer.forEach((decision, index) => {
      if (decision.score === whole[index]?.score) return
      const known = byPath.get(decision.path) ?? new Map<Signal, FileDecision>()
      byPath.set(decision.path, known.set(signal, decision))
    })
  }
  return byPath
}
