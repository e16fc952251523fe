import { Severity } from '#core/findings/finding'
import { parseComment } from './comment-markdown.ts'
import { clean, clipped, commentLines, indent, type Page } from './comment-text.ts'
import type { Check, InlineComment, Reviewed } from './scene.ts'

/** Lines of code above a comment; the rest of a longer range is left out in the middle. */
const MAX_CODE = 6

/** The first review as the pull request's page shows it: check, inline comments, summary. */
export function printReview(review: Reviewed, page: Page): readonly string[] {
  const byFile = Map.groupBy(review.comments, (comment) => comment.path)
  return [
    ...checkLine(review.check, page),
    ...[...byFile].flatMap(([path, comments]) => [
      '',
      `  ${page.paint('bold', clean(path))}`,
      ...comments
        .toSorted((a, b) => (a.startLine ?? a.line ?? 0) - (b.startLine ?? b.line ?? 0))
        .flatMap((comment) => ['', ...inlineComment(comment, page)]),
    ]),
    ...summaryLines(review, 'The summary comment', page),
  ]
}

/** What the second push changed: which threads were settled, and that nothing was said twice. */
export function printSecondReview(review: Reviewed, page: Page): readonly string[] {
  const { threads, comments } = review
  const resolved = threads.filter((thread) => thread.isResolved)
  const open = threads.filter((thread) => !thread.isResolved && !isNew(thread, comments))
  return [
    ...checkLine(review.check, page),
    '',
    ...threads.map((thread) => {
      const sign = thread.isResolved ? page.paint('good', '✓ resolved') : '• open    '
      return clipped(`  ${sign}  ${titleOf(thread.comments[0]?.body ?? '')}`, page.width + 12)
    }),
    '',
    `  ${count(resolved.length, 'thread')} resolved, ${count(open.length, 'thread')} still open and not repeated, ${count(comments.length, 'new comment')}.`,
    ...comments.flatMap((comment) => ['', ...inlineComment(comment, page)]),
    ...summaryLines(review, 'The same summary comment, edited', page),
  ]
}

function isNew(thread: Reviewed['threads'][number], comments: readonly InlineComment[]): boolean {
  return comments.some((comment) => comment.body === thread.comments[0]?.body)
}

/** The first words of a finding's comment: its title. */
export function titleOf(body: string): string {
  const [first] = parseComment(body)
  const page: Page = { width: 1_000, paint: (_, text) => text }
  return first === undefined ? '' : (commentLines([first], page)[0] ?? '')
}

function checkLine({ conclusion, name, title }: Check, { paint }: Page): readonly string[] {
  const sign = SIGNS[conclusion ?? ''] ?? '•'
  const style = conclusion === 'success' ? 'good' : 'medium'
  return [`  ${paint(style, sign)} ${paint('bold', clean(name))}  ${clean(title ?? '')}`]
}

const SIGNS: Readonly<Record<string, string>> = { success: '✓', failure: '✗', neutral: '■' }

function inlineComment(comment: InlineComment, page: Page): readonly string[] {
  const bar = page.paint('dim', '│')
  const said = commentLines(parseComment(comment.body), { ...page, width: page.width - 6 })
  return [
    ...codeAbove(comment, page),
    `    ${bar}`,
    ...said.map((line) => `    ${bar} ${severe(line, page)}`.trimEnd()),
  ]
}

/** The line below a title begins with its severity. */
function severe(line: string, { paint }: Page): string {
  const found = /^(critical|high|medium|low)( · .*)$/.exec(line)
  const severity = Severity.safeParse(found?.[1])
  if (!severity.success) return line
  return paint(severity.data, severity.data) + paint('dim', found?.[2] ?? '')
}

function codeAbove({ lines, line, startLine }: InlineComment, page: Page): readonly string[] {
  const first = startLine ?? line ?? 0
  const commented = lines.filter((each) => each.number >= first)
  const half = MAX_CODE / 2
  const shown =
    commented.length <= MAX_CODE
      ? commented
      : [...commented.slice(0, half), null, ...commented.slice(-half)]
  return shown.map((each) => {
    if (each === null) return page.paint('dim', '       ⋮')
    const number = String(each.number).padStart(7)
    const text = clipped(clean(`${each.mark} ${each.text}`), page.width - 10)
    return `${page.paint('dim', number)} ${each.mark === '-' ? page.paint('high', text) : page.paint('good', text)}`
  })
}

function summaryLines({ summary }: Reviewed, title: string, page: Page): readonly string[] {
  if (summary === null) return []
  const said = commentLines(parseComment(summary), { ...page, width: page.width - 4 })
  return ['', `  ${page.paint('bold', title)}`, '', ...indent(said, '    ')]
}

function count(number: number, noun: string): string {
  return `${number === 0 ? 'no' : number} ${noun}${number === 1 ? '' : 's'}`
}
