import type { Fact } from '#core/facts/fact'
import { type CodeFile, factsOf } from '#core/rules/code'

/** A function begins at most so many lines below its annotations. */
const ANNOTATIONS = 4

/** The smallest function that holds a line, with the annotations above it. */
export function functionAt(file: CodeFile, line: number): Fact | null {
  const functions = factsOf(file, 'function').filter(
    ({ captures }) => captures['form'] === 'function',
  )
  const around = functions.filter((one) => one.line <= line && line <= one.endLine).at(-1)
  const below = functions.find((one) => one.line > line && one.line <= line + ANNOTATIONS)
  if (below !== undefined && isAnnotated(file, line, below.line)) return below
  return around ?? null
}

/** Whether nothing but annotations stands between a line and the function that they belong to. */
function isAnnotated(file: CodeFile, line: number, functionLine: number): boolean {
  const between = file.lines.slice(line - 1, functionLine - 1)
  return (
    between.length > 0 &&
    between.every((text) => /^\s*(?:@|#\[|\[[A-Z]|\)|[\w.]+\s*=|"|$)/.test(text))
  )
}
