import type { Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { quietOf, type Region, regionOf } from '#core/matrix/region'
import { type CodeFile, factsOf } from '#core/rules/code'

/** A longer head is no head any more. */
const MAX_HEAD = 2_000

/**
 * Where the head of a class ends: what holds for all its methods stands before. Ruby and PHP tune
 * jobs and clients at the top of the body; elsewhere annotations stand before the name.
 */
export function headEnd(file: CodeFile, { start, end }: Pick<Span, 'start' | 'end'>): number {
  const body = quietOf(file).code.slice(start, Math.min(end, start + MAX_HEAD))
  const upTo =
    file.language === 'ruby' || file.language === 'php'
      ? /\n[ \t]*(?:(?:private|public|protected|final|static|abstract)[ \t]+)*(?:def|function)\b/.exec(
          body,
        )
      : /\b(?:class|interface|object|struct|impl|enum|record)\b/.exec(body)
  return start + (upTo?.index ?? body.length)
}

/** Methods by which a job of Laravel's says how it is run. */
const JOB_METHODS = /^(?:middleware|backoff|retryUntil|tries)$/

/** What a class says by methods about how all of it is run. */
export function runningOf(file: CodeFile, of: Span): readonly Region[] {
  if (file.language !== 'php') return []
  return factsOf(file, 'function')
    .filter((one) => JOB_METHODS.test(one.captures['name'] ?? '') && within(one, of))
    .map((one) => regionOf('function', file, one))
}
