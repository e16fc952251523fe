import type { Language, Span } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf } from '#core/rules/code'

/** Names of functions are followed this deep through a file. */
const CALL_DEPTH = 3

/** The spans and the functions of the file that their code calls or hands on, by name. */
export function reachedFrom(file: CodeFile, spans: readonly Span[]): readonly Span[] {
  const reached = new Set<Span>(spans)
  let fresh: readonly Span[] = spans
  for (let depth = 0; depth < CALL_DEPTH && fresh.length > 0; depth += 1) {
    const text = fresh.map((span) => textOf(file, span)).join('\n')
    const names = calledNames(text, file.language)
    fresh = factsOf(file, 'function').filter(
      (one) =>
        one.captures['form'] === 'function' &&
        names.has(one.captures['name'] ?? '') &&
        ![...reached].some((span) => within(one, span)),
    )
    for (const one of fresh) reached.add(one)
  }
  return [...reached]
}

export function textOf(file: CodeFile, span: Span): string {
  return file.text.slice(span.start, span.end)
}

/** The last names of everything that looks like a call, or is handed on by name. */
function calledNames(text: string, language: Language): ReadonlySet<string> {
  // Ruby calls without brackets: any word may be a call.
  if (language === 'ruby') return new Set(text.match(/[a-z_]\w*[?!]?/g) ?? [])
  const names = new Set<string>()
  for (const match of text.matchAll(/([\w$]+[?!]?)\s*[(,)]/g)) names.add(match[1] ?? '')
  return names
}
