import type { Span } from '#core/facts/fact'
import { quietOf } from '#core/matrix/region'
import type { CodeFile } from '#core/rules/code'

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
