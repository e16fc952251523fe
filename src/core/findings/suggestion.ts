/** Longer replacements are rewrites: nobody commits one unread. Lines. */
const MAX_LINES = 60

/**
 * A suggestion as it can replace lines, with the indentation of what it replaces; null where it would
 * change nothing or too much.
 *
 * @param replaced the lines that it stands for, as the head has them
 */
export function fitSuggestion(suggestion: string, replaced: readonly string[]): string | null {
  const lines = suggestion.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n')
  if (lines.length > MAX_LINES) return null
  const fitted = reindented(lines, replaced)
  return isSame(fitted, replaced) ? null : fitted.join('\n')
}

/** A file with some of its lines replaced; `line` is the last one. */
export function withSuggestion(
  lines: readonly string[],
  { startLine, line }: { readonly startLine: number; readonly line: number },
  suggestion: string,
): string {
  const before = lines.slice(0, startLine - 1)
  return [...before, ...suggestion.split('\n'), ...lines.slice(line), ''].join('\n')
}

/** Space at the ends of lines and blank lines make no difference that a person would commit. */
function isSame(one: readonly string[], other: readonly string[]): boolean {
  const plain = (lines: readonly string[]) =>
    lines
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .join('\n')
  return plain(one) === plain(other)
}

/** A model tends to start a block at the margin: it is moved to where the lines stand that it replaces. */
function reindented(lines: readonly string[], replaced: readonly string[]): readonly string[] {
  const wanted = marginOf(replaced)
  if (wanted === null || wanted === '' || marginOf(lines) !== '') return lines
  // A first line that is indented already was written with the others in its place.
  return lines.map((line) => (line === '' ? line : `${wanted}${line}`))
}

/** What all lines that are not blank begin with. */
function marginOf(lines: readonly string[]): string | null {
  const margins = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^\s*/.exec(line)?.[0] ?? '')
  const [first, ...others] = margins
  if (first === undefined) return null
  return others.reduce((common, margin) => {
    let end = 0
    while (end < common.length && common[end] === margin[end]) end += 1
    return common.slice(0, end)
  }, first)
}
