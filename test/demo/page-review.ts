import { Severity } from '#core/findings/finding'
import { commentHtml, escapeHtml } from './comment-html.ts'
import { parseComment } from './comment-markdown.ts'
import { excerptHtml } from './page-diff.ts'
import { titleOf } from './print-review.ts'
import type { Check, InlineComment, Reviewed, Thread } from './scene.ts'

/** The check of a head, as it stands beside the commit. */
export function checkHtml({ name, conclusion, title }: Check): string {
  const kind = conclusion === 'success' || conclusion === 'failure' ? conclusion : 'neutral'
  return `<div class="card"><div class="bar"><span class="pill ${kind}">${escapeHtml(conclusion ?? '')}</span><strong>${escapeHtml(name)}</strong><span>${escapeHtml(title ?? '')}</span></div></div>`
}

/** Every inline comment under its lines, with what became of it. */
export function commentsHtml(
  comments: readonly InlineComment[],
  threads: readonly Thread[],
): string {
  const byPlace = comments.toSorted(
    (a, b) =>
      Number(b.path > a.path) - Number(a.path > b.path) ||
      (a.startLine ?? a.line ?? 0) - (b.startLine ?? b.line ?? 0),
  )
  return byPlace.map((comment) => threadHtml(comment, threads)).join('\n')
}

function threadHtml(comment: InlineComment, threads: readonly Thread[]): string {
  const thread = threads.find(
    (each) => each.path === comment.path && each.comments[0]?.body === comment.body,
  )
  const answers = (thread?.comments.slice(1) ?? []).map(
    ({ author, body }) =>
      `<div class="answer"><p><strong>${escapeHtml(author)}</strong></p>${commentHtml(parseComment(body))}</div>`,
  )
  return `<div class="card">
<div class="bar"><code>${escapeHtml(comment.path)}:${linesOf(comment)}</code><span class="right">${fateHtml(thread)}</span></div>
${excerptHtml(comment)}
<div class="said">${withSeverity(commentHtml(parseComment(comment.body)))}</div>
${answers.join('')}
</div>`
}

function linesOf({ startLine, line }: InlineComment): string {
  return startLine === null ? String(line ?? '') : `${startLine}–${line ?? ''}`
}

function fateHtml(thread: Thread | undefined): string {
  return thread?.isResolved === true
    ? '<span class="pill resolved">resolved by the fix</span>'
    : '<span class="pill open">open</span>'
}

/** The severity is the first word below the title, and of each entry of the summary's list. */
function withSeverity(html: string): string {
  const words = Severity.options.join('|')
  return html
    .replace(new RegExp(`<p>(${words}) · `), '<p><span class="$1">$1</span> · ')
    .replace(new RegExp(`<li><strong>(${words})</strong>`, 'g'), '<li><span class="$1">$1</span>')
}

/** The summary comment; `edited` when it is not the first version. */
export function summaryHtml(author: string, body: string, edited: boolean): string {
  return `<div class="card">
<div class="bar"><strong>${escapeHtml(author)}</strong><span>${edited ? 'the same comment, edited' : 'summary comment'}</span></div>
<div class="said">${withSeverity(commentHtml(parseComment(body)))}</div>
</div>`
}

/** What became of each thread after a push. */
export function fatesHtml({ threads }: Reviewed): string {
  const rows = threads.map((thread) => {
    const [kind, word] = thread.isResolved ? ['resolved', 'resolved'] : ['open', 'open']
    const title = commentHtml(parseComment(titleOf(thread.comments[0]?.body ?? '')))
    const inline = title.replace(/^<p>|<\/p>$/g, '')
    return `<li><span class="pill ${kind}">${word}</span><span>${inline}</span></li>`
  })
  return `<div class="card"><ul class="fates">${rows.join('')}</ul></div>`
}
