import type { Fact, Scope, Span } from '#core/facts/fact'

/** Whether `inner` stands within `outer`; a span is within itself. */
export function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end
}

interface Frame {
  readonly span: Span
  readonly scope: Scope
  readonly outer: Frame | null
}

function frameFor(fact: Fact, outer: Frame | null): Frame {
  const name = fact.captures['name'] ?? outer?.scope.name ?? null
  return { span: fact, outer, scope: { name, startLine: fact.line, endLine: fact.endLine } }
}

/** Of facts with one span, such as a function that is a route, the function is the scope. */
function functionFirst(fact: Fact): number {
  return fact.kind === 'function' ? 0 : 1
}

/**
 * Gives each fact its innermost enclosing function or class. An anonymous function takes the name
 * of the named one around it. A fact that is itself a function is scoped by what encloses it.
 *
 * @param facts of one file, in any order; given back in the order of the text
 */
export function withScopes(facts: readonly Fact[]): readonly Fact[] {
  const ordered = facts.toSorted(
    (a, b) => a.start - b.start || b.end - a.end || functionFirst(a) - functionFirst(b),
  )
  let frame: Frame | null = null
  return ordered.map((fact) => {
    while (frame !== null && !within(fact, frame.span)) frame = frame.outer
    const scope = frame?.scope ?? null
    if (fact.kind === 'function') frame = frameFor(fact, frame)
    return { ...fact, scope }
  })
}
