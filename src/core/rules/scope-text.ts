import type { Span } from '#core/facts/fact'
import type { CodeFile } from '#core/rules/code'
import { codeOnly } from '#core/rules/code-text'

/** What a name is given in a text, one for each assignment, up to the end of the line and of the chain of calls. */
export function assignedTo(text: string, name: string): readonly string[] {
  if (!/^[\w$]+$/.test(name)) return []
  const pattern = new RegExp(
    `(?:^|[^\\w$.?&])${RegExp.escape(name)}\\s*(?:,\\s*(?:err|ok|_)\\s*)?(?::[^=\\n]{0,60})?=(?!=|>)([^\\n]{0,400}(?:(?<=[([,+])\\n[^\\n]{0,200}|\\n[ \\t]*(?:\\.|->|\\?\\.)[^\\n]{0,200}){0,8})`,
    'g',
  )
  return [...text.matchAll(pattern)].map((match) => (match[1] ?? '').trim())
}

/** The code between two spans of a file, without strings and comments. */
export function codeBetween(file: CodeFile, from: Span, to: Span): string {
  return codeOnly(file.text.slice(from.end, to.start), file.language)
}

/** The text that stands right before a span, on its own line. */
export function lineBefore(file: CodeFile, span: Span): string {
  const before = file.text.slice(Math.max(0, span.start - 400), span.start)
  return before.slice(before.lastIndexOf('\n') + 1)
}
