import { parseComment } from './comment-markdown.ts'
import { clean, commentLines, indent, type Page } from './comment-text.ts'
import { printMemory, printPatch } from './print-commit.ts'
import { printReview, printSecondReview } from './print-review.ts'
import type { Reviewer } from './reviewer.ts'
import type { ChangedFile, Counts, Delivered, Scene } from './scene.ts'

/** The first lines: what will be seen, and who reviews. */
export function opening(reviewer: Reviewer, page: Page): readonly string[] {
  return [
    '',
    page.paint('bold', 'Integrations Tech Lead, shown on one pull request'),
    '',
    ...says(
      `The server is the real one, started for this demo with its embedded store. GitHub is a stand-in on loopback that keeps real git repositories and checks each call against GitHub’s published API. ${reviewer.kind === 'claude' ? 'Only the sample code below is sent to the model.' : 'Nothing leaves this machine.'}`,
      page,
    ),
    '',
    ...says(`Reviewer: ${reviewer.name}. ${reviewer.hint}`, page),
  ]
}

/** One scene of the story as lines. */
export function printScene(scene: Scene, page: Page): readonly string[] {
  switch (scene.kind) {
    case 'shop':
      return [
        ...heading(1, 'A shop that works', page),
        ...says(
          `${scene.repository} takes orders, charges cards with Stripe and mails receipts with SendGrid. The app is installed; its memory of this repository is empty.`,
          page,
        ),
        '',
        ...scene.files.map((path) => `    ${path}`),
      ]
    case 'opened':
      return [
        ...heading(2, `${scene.author} opens pull request #${scene.number}`, page),
        ...says(`**${scene.title}**`, page),
        ...says(scene.body, page),
        '',
        ...fileList(scene.files, page),
        '',
        ...says(deliveredWords(scene.delivered), page),
      ]
    case 'reviewed':
      return scene.first
        ? [
            ...heading(3, `The review, ${scene.review.seconds.toFixed(1)} s later`, page),
            ...printReview(scene.review, page),
          ]
        : [
            ...heading(6, `The second look, ${scene.review.seconds.toFixed(1)} s later`, page),
            ...printSecondReview(scene.review, page),
          ]
    case 'remembered':
      return [
        ...heading(NUMBERS[scene.after], TITLES[scene.after], page),
        ...printMemory(scene, page),
      ]
    case 'pushed':
      return [
        ...heading(5, `${scene.author} pushes a fix`, page),
        ...says(`**${scene.message}**`, page),
        '',
        ...fileList(scene.files, page),
        '',
        ...scene.files
          .filter((file) => file.path.endsWith('hubspot.ts'))
          .flatMap((file) => printPatch(file, page)),
        '',
        ...says('The other files are on the page.', page),
        ...says(deliveredWords(scene.delivered), page),
      ]
    case 'merged':
      return [
        ...heading(7, `${scene.by} merges`, page),
        ...says(`The pull request is on main as ${scene.sha.slice(0, 7)}.`, page),
      ]
    case 'counted':
      return printCounts(scene.counts, page)
    default:
      return scene satisfies never
  }
}

const NUMBERS = { review: 4, push: null, merge: 8 } as const
const TITLES = {
  review: 'What it remembers: a commit on main',
  push: 'What it learned from the second look',
  merge: 'What waited for the merge',
} as const

/** The last lines: the page, and what to do next. */
export function closing(
  { seconds, path }: { readonly seconds: number; readonly path: string },
  page: Page,
): readonly string[] {
  return [
    ...heading(null, `Done in ${seconds.toFixed(0)} s`, page),
    `  the conversation as a page    ${path}`,
    '  on a checkout of yours        npx tech-lead review --repo DIR',
    '  on your repositories          README.md, “Install as a GitHub App”',
    '',
  ]
}

function printCounts(counts: Counts, page: Page): readonly string[] {
  const { calls, writes, webhooks, violations } = counts
  const broken = violations.slice(0, 5).map((line) => `    ${clean(line)}`)
  return [
    ...heading(null, 'What GitHub saw', page),
    ...says(
      `${calls} API calls, ${writes} of them writes; ${webhooks} webhooks, all signed; ${violations.length} violations of GitHub’s published API.`,
      page,
    ),
    ...broken,
  ]
}

function heading(number: number | null, title: string, { width, paint }: Page): readonly string[] {
  const text = number === null ? title : `${number}  ${title}`
  const rule = '─'.repeat(Math.max(4, width - text.length - 1))
  return ['', '', `${paint('bold', text)} ${paint('dim', rule)}`, '']
}

/** A paragraph of ours, set in by two. Understands the markdown of comments. */
function says(text: string, page: Page): readonly string[] {
  return indent(commentLines(parseComment(text), { ...page, width: page.width - 2 }), '  ')
}

function fileList(files: readonly ChangedFile[], { paint }: Page): readonly string[] {
  const size = Math.max(...files.map((file) => file.path.length))
  return files.map(({ path, added, removed }) => {
    const plus = paint('good', `+${added}`.padStart(5))
    const minus = paint('high', `-${removed}`.padStart(5))
    return `    ${path.padEnd(size)} ${plus} ${minus}`
  })
}

function deliveredWords({ event, statusCode, milliseconds }: Delivered): string {
  return `Webhook \`${event}\`, signed: answered ${statusCode} in ${milliseconds} ms, once it was stored.`
}
