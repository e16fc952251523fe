import { quietOf } from '#core/matrix/region'
import type { CodeFile } from '#core/rules/code'

const ANNOTATION = /^\s*(?:@|#\[|\[\w)/
const MAX_ANNOTATIONS = 15

/** The beginning of what stands right above a function and belongs to it: decorators, attributes. */
export function annotatedFrom(file: CodeFile, start: number): number {
  const { code } = quietOf(file)
  let from = code.lastIndexOf('\n', start - 1) + 1
  let at = from
  for (let count = 0; count < MAX_ANNOTATIONS && at > 0; count += 1) {
    const before = code.lastIndexOf('\n', at - 2) + 1
    const line = code.slice(before, at)
    if (/^\s*$/.test(line) || /[;{]\s*$|^\s*(?:\}|end\b)/.test(line)) break
    if (ANNOTATION.test(line)) from = before
    at = before
  }
  return from
}
