import { parseHunks } from '../world/github/git/hunks.ts'
import { escapeHtml } from './comment-html.ts'
import type { ChangedFile, InlineComment, ShownCommit } from './scene.ts'

const CLASSES = { ' ': '', '+': 'added', '-': 'removed' } as const

/** The code that a comment stands on, with the commented lines marked. */
export function excerptHtml({ lines, line, startLine, side }: InlineComment): string {
  const first = startLine ?? line ?? 0
  const isTold = (mark: string, number: number) =>
    number >= first && number <= (line ?? 0) && (side === 'LEFT') === (mark === '-')
  const rows = lines.map(({ mark, number, text }) =>
    rowHtml(`${CLASSES[mark]} ${isTold(mark, number) ? 'told' : ''}`, number, `${mark} ${text}`),
  )
  return `<div class="code"><table>${rows.join('')}</table></div>`
}

/** Changed files, each with its hunks. Prose is wrapped, code scrolls. */
export function filesHtml(files: readonly ChangedFile[]): string {
  return files.map(fileHtml).join('')
}

function fileHtml({ path, patch, added, removed }: ChangedFile): string {
  const rows = parseHunks(patch).flatMap((hunk, index) => [
    ...(index === 0 ? [] : [rowHtml('gap', null, '⋯')]),
    ...hunk.lines.map(({ mark, newLine, oldLine, text }) =>
      rowHtml(CLASSES[mark], newLine ?? oldLine ?? null, `${mark} ${text}`),
    ),
  ])
  const wrapped = path.endsWith('.md') ? ' wrapped' : ''
  return `<div class="file">${escapeHtml(path)} ${countsHtml(added, removed)}</div>
<div class="code${wrapped}"><table>${rows.join('')}</table></div>`
}

function rowHtml(name: string, number: number | null, text: string): string {
  return `<tr class="${name.trim()}"><td>${number ?? ''}</td><td>${escapeHtml(text)}</td></tr>`
}

/** Lines added and removed. */
export function countsHtml(added: number, removed: number): string {
  return `<span class="plus">+${added}</span> <span class="minus">−${removed}</span>`
}

/** A commit with its message and its diff. */
export function commitHtml({ sha, author, message, files }: ShownCommit): string {
  const [subject = '', ...rest] = message.split('\n')
  const body = rest.join('\n').trim()
  return `<div class="card">
<div class="bar"><code>git show ${escapeHtml(sha.slice(0, 7))}</code><span class="right">${escapeHtml(author)}</span></div>
<div class="message"><strong>${escapeHtml(subject)}</strong>${body === '' ? '' : `<pre>${escapeHtml(body)}</pre>`}</div>
${filesHtml(files)}
</div>`
}
