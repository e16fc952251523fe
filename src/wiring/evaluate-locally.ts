import type { Outcome } from '#core/evaluation/score-cases'
import { evaluateCases } from '#flow/evaluate-rules'
import { readCases } from '#local/read-cases'
import { createScan } from '#scan/create-scan'
import { loadKnowledge } from '#wiring/load-knowledge'

/**
 * Holds the rules against the labelled cases of a folder.
 *
 * @throws Problem with lines for a person
 */
export async function evaluateLocally(
  directory: string,
  progress: (step: string) => void,
): Promise<readonly Outcome[]> {
  const today = new Date().toISOString().slice(0, 10)
  const cases = await readCases(directory)
  const { knowledge, matchers } = await loadKnowledge(today)
  progress(`judging ${cases.length} cases`)
  return evaluateCases(createScan({ matchers }), knowledge, cases)
}
