import { readFile } from 'node:fs/promises'
import { commentHtml, escapeHtml } from './comment-html.ts'
import { parseComment } from './comment-markdown.ts'
import { commitHtml, countsHtml, filesHtml } from './page-diff.ts'
import { checkHtml, commentsHtml, fatesHtml, summaryHtml } from './page-review.ts'
import type { Reviewer } from './reviewer.ts'
import { type ChangedFile, type Reviewed, type Scene, sceneOf, type Thread } from './scene.ts'

const BOT = 'integrations-tech-lead[bot]'

/** The conversation as one self-contained page, without scripts and without anything from outside. */
export async function pageOf(scenes: readonly Scene[], reviewer: Reviewer): Promise<string> {
  const style = await readFile(new URL('page.css', import.meta.url), 'utf8')
  const opened = sceneOf(scenes, 'opened')
  const title = `${opened?.title ?? ''} · #${opened?.number ?? ''}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
${style}</style>
</head>
<body>
<main>
<div class="demo"><span>Integrations Tech Lead, demo</span><span>Reviewer: ${escapeHtml(reviewer.name)}</span>${reviewer.kind === 'scripted' ? '<span class="pill open">scripted, no real model</span>' : ''}</div>
${headHtml(scenes)}
${numbersHtml(scenes)}
<ol class="timeline">
${timeline(scenes).join('\n')}
</ol>
${footerHtml(scenes)}
</main>
</body>
</html>
`
}

function headHtml(scenes: readonly Scene[]): string {
  const opened = sceneOf(scenes, 'opened')
  const shop = sceneOf(scenes, 'shop')
  if (opened === undefined || shop === undefined) return ''
  const merged = sceneOf(scenes, 'merged')
  const commits = sceneOf(scenes, 'pushed') === undefined ? '1 commit' : '2 commits'
  const state = merged === undefined ? 'Open' : 'Merged'
  const verb = merged === undefined ? 'wants to merge' : 'merged'
  return `<header>
<div class="repository">${escapeHtml(shop.repository)}</div>
<h1>${escapeHtml(opened.title)} <span class="number">#${opened.number}</span></h1>
<div class="about"><span class="state">${state}</span><span>${escapeHtml(merged?.by ?? opened.author)} ${verb} ${commits} by ${escapeHtml(opened.author)} into <code>main</code> from <code>${escapeHtml(opened.branch)}</code></span></div>
</header>`
}

function numbersHtml(scenes: readonly Scene[]): string {
  const reviews = reviewsOf(scenes)
  const threads = finalThreads(scenes)
  const commits = scenes.flatMap((scene) =>
    scene.kind === 'remembered' && scene.commit !== null ? [scene.commit] : [],
  )
  const facts = commits.reduce(
    (sum, commit) => sum + (commit.message.match(/^Learned: /gm)?.length ?? 0),
    0,
  )
  const counts = sceneOf(scenes, 'counted')?.counts
  const resolved = threads.filter((thread) => thread.isResolved).length
  const repeated = reviews.slice(1).reduce((sum, review) => sum + review.comments.length, 0)
  const cells = [
    [`${threads.length} comments`, 'each at its line'],
    [`${resolved} resolved`, `by the fix; ${repeated} new comments`],
    [`${facts} facts`, `remembered in ${commits.length} commits`],
    [`${counts?.calls ?? 0} API calls`, `${counts?.violations.length ?? 0} violations`],
  ]
  const html = cells.map(
    ([number = '', words = '']) =>
      `<div><strong>${escapeHtml(number)}</strong><span>${escapeHtml(words)}</span></div>`,
  )
  return `<div class="numbers">${html.join('')}</div>`
}

function reviewsOf(scenes: readonly Scene[]): readonly Reviewed[] {
  return scenes.flatMap((scene) => (scene.kind === 'reviewed' ? [scene.review] : []))
}

function finalThreads(scenes: readonly Scene[]): readonly Thread[] {
  return reviewsOf(scenes).at(-1)?.threads ?? []
}

function timeline(scenes: readonly Scene[]): readonly string[] {
  return scenes.flatMap((scene) => {
    switch (scene.kind) {
      case 'shop':
      case 'counted':
        return []
      case 'opened':
        return [
          item('', `<strong>${escapeHtml(scene.author)}</strong> opened the pull request`, [
            `<div class="card"><div class="said">${commentHtml(parseComment(scene.body))}</div></div>`,
            changesHtml(scene.files),
          ]),
        ]
      case 'reviewed':
        return reviewItems(scene.first, scene.review, finalThreads(scenes))
      case 'remembered':
        return [memoryItem(scene)]
      case 'pushed':
        return [
          item(
            '',
            `<strong>${escapeHtml(scene.author)}</strong> pushed <code>${escapeHtml(scene.sha.slice(0, 7))}</code> ${escapeHtml(scene.message)}`,
            [changesHtml(scene.files)],
          ),
        ]
      case 'merged':
        return [
          item(
            'merged',
            `<strong>${escapeHtml(scene.by)}</strong> merged the pull request as <code>${escapeHtml(scene.sha.slice(0, 7))}</code>`,
            [],
          ),
        ]
      default:
        return scene satisfies never
    }
  })
}

function item(name: string, event: string, parts: readonly string[]): string {
  return `<li class="${name}"><p class="event">${event}</p>\n${parts.join('\n')}</li>`
}

function reviewItems(
  first: boolean,
  review: Reviewed,
  threads: readonly Thread[],
): readonly string[] {
  const when = `<small>${review.seconds.toFixed(1)} s after the webhook</small>`
  const said = first ? 'reviewed' : 'looked again'
  const { length } = review.comments
  const news = !first && length === 0 ? '<small>· nothing was said twice</small>' : ''
  return [
    item('by-app', `<strong>${BOT}</strong> ${said} ${when} ${news}`, [
      checkHtml(review.check),
      ...(first ? [] : [fatesHtml(review)]),
      commentsHtml(review.comments, threads),
    ]),
    ...(review.summary === null
      ? []
      : [
          item('by-app', `<strong>${BOT}</strong> ${first ? 'summed up' : 'edited its summary'}`, [
            summaryHtml(BOT, review.summary, !first),
          ]),
        ]),
  ]
}

function memoryItem({ commit, after }: Extract<Scene, { kind: 'remembered' }>): string {
  const why =
    after === 'merge'
      ? 'what waited for the merge'
      : 'what the code that stood on main already taught'
  if (commit === null) return item('by-app', `<strong>${BOT}</strong> had nothing to remember`, [])
  return item('by-app', `<strong>${BOT}</strong> committed to main: ${why}`, [commitHtml(commit)])
}

function changesHtml(files: readonly ChangedFile[]): string {
  const added = files.reduce((sum, file) => sum + file.added, 0)
  const removed = files.reduce((sum, file) => sum + file.removed, 0)
  return `<details class="card"><summary>${files.length} changed files ${countsHtml(added, removed)}</summary>${filesHtml(files)}</details>`
}

function footerHtml(scenes: readonly Scene[]): string {
  const counts = sceneOf(scenes, 'counted')?.counts
  const words =
    counts === undefined
      ? ''
      : `GitHub was a stand-in on loopback with real git repositories. It saw ${counts.calls} API calls, ${counts.writes} of them writes, sent ${counts.webhooks} signed webhooks, and found ${counts.violations.length} violations of GitHub’s published API.`
  return `<footer>
<h2>On your own code</h2>
<p>On a checkout: <code>npx tech-lead review --repo DIR</code>. On your repositories: README.md, “Install as a GitHub App”.</p>
<p>${words}</p>
</footer>`
}
