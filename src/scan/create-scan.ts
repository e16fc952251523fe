import { isReadFor } from '#core/facts/fact'
import type { Matcher } from '#core/facts/matcher'
import type { Scan } from '#flow/ports'
import { astGrepBinary } from '#scan/ast-grep-binary'
import { countErrors } from '#scan/count-errors'
import { FACT_LIMITS, type FactLimits, scanFacts } from '#scan/scan-facts'
import { scanSecrets } from '#scan/scan-secrets'
import { searchText } from '#scan/search-text'

/**
 * The scanner: ast-grep in a capped child process, secrets and searches in threads that can be
 * killed. Nothing of a repository is executed or used as configuration.
 */
export function createScan(options: {
  readonly matchers: readonly Matcher[]
  readonly limits?: Partial<FactLimits>
  /** Another program in ast-grep's place, for tests of what happens when it misbehaves. */
  readonly program?: string
}): Scan {
  const limits = { ...FACT_LIMITS, ...options.limits }
  const program = options.program ?? astGrepBinary()
  return {
    facts: (sources, use = 'rules') => {
      const matchers = options.matchers.filter(({ kind }) => isReadFor(kind, use))
      return scanFacts(program, matchers, sources, limits)
    },
    secrets: scanSecrets,
    syntaxErrors: async (sources) =>
      sources.length === 0 ? new Map() : countErrors(program, sources, limits),
    search: searchText,
  }
}
