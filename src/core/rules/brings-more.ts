import type { FileDiff } from '#core/diff/diff'

/** A base class, a mixin, an annotation or a middleware. */
const BROUGHT =
  /^\s*(?:include|extend|prepend|before_action|around_action)\s|^\s*\[[A-Z]\w*|\b(?:extends|implements)\b|->middleware\(|\.use\(|\bDepends\(|\bMiddleware\b/
/** In Ruby an `@` begins a variable, in Rust and PHP a `use` begins an import. */
const ANNOTATED = /^\s*@(?!Override\b)[A-Za-z]\w*/
const MIXED_IN: Readonly<Record<string, RegExp>> = { rb: /^\s*use\s/, php: /^\s+use\s+\w+[;,]/ }

/** Whether a change adds something to a file that may bring a protection without naming it. */
export function bringsMore({ hunks, path }: FileDiff): boolean {
  const extension = path.slice(path.lastIndexOf('.') + 1)
  const signs = [BROUGHT, MIXED_IN[extension], extension === 'rb' ? undefined : ANNOTATED]
  return hunks.some(({ lines }) =>
    lines.some(
      (line) => line.startsWith('+') && signs.some((sign) => sign?.test(line.slice(1)) === true),
    ),
  )
}
