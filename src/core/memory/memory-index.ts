import { MAX_INDEX_LINES, MAX_MEMORY_FILE_BYTES, MEMORY_INDEX } from '#core/memory/memory'
import { foldPath } from '#core/memory/memory-paths'
import { parseMemory } from '#core/memory/parse-memory'
import { titleOf } from '#core/memory/topic-files'
import { byteLength, splitLines } from '#core/text/lines'

const INTRODUCTION = `# ${titleOf(MEMORY_INDEX)}

Notes about this repository's integrations, one file for each subject. They can be edited freely:
wording stays as people wrote it, and an entry that was deleted is not learned again.
`

/** What a reader finds in the files of common subjects. */
const SUBJECTS: Readonly<Record<string, string>> = {
  authentication: 'how services are authenticated and where credentials come from',
  conventions: 'how this repository does things',
  integrations: 'the services this repository talks to',
  quirks: 'known limitations and their workarounds',
  resilience: 'timeouts, retries and backoff',
  testing: 'how integrations are tested',
  webhooks: 'the endpoints that receive events',
}

/**
 * The index with a line for each of these files that it does not link yet, as far as both limits
 * allow: readers find the others in the folder itself.
 */
export function linkTopics(index: string | null, paths: readonly string[]): string {
  let text = index ?? INTRODUCTION
  const linked = new Set(
    parseMemory(text).links.map(({ url }) => foldPath(url.replace(/^\.\//, ''))),
  )
  for (const path of [...paths].sort()) {
    if (linked.has(foldPath(path))) continue
    const next = withLine(text, linkLine(path))
    const fits =
      splitLines(next).length <= MAX_INDEX_LINES && byteLength(next) <= MAX_MEMORY_FILE_BYTES
    // An open code fence would swallow the line, now and at every later time.
    if (!(fits && links(next).has(foldPath(path)))) break
    text = next
  }
  return text === INTRODUCTION ? (index ?? '') : text
}

function links(index: string): ReadonlySet<string> {
  return new Set(parseMemory(index).links.map(({ url }) => foldPath(url.replace(/^\.\//, ''))))
}

/** The index without our lines for files that are gone. A line that a person reworded stays. */
export function unlinkTopics(index: string, paths: readonly string[]): string {
  const own = new Set(paths.map((path) => `- ${linkLine(path)}`))
  const lines = index.match(/[^\n]*\n|[^\n]+$/g) ?? []
  return lines.filter((line) => !own.has(line.replace(/\r?\n$/, ''))).join('')
}

function linkLine(path: string): string {
  const [topic = ''] = path.replace(/\.md$/, '').split(/-\d+$/)
  const about = SUBJECTS[topic] ?? `what is known about ${titleOf(`${topic}.md`)}`
  return `[${titleOf(path)}](${path}): ${about}`
}

/** After the last bullet that links a file, else at the end. */
function withLine(text: string, line: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const { links, topBullets } = parseMemory(text)
  const last = topBullets
    .filter(({ start, end }) => links.some((link) => link.end > start && link.end <= end))
    .at(-1)
  if (last !== undefined) {
    const marker = /^[-*+]/.exec(text.slice(last.start))?.[0] ?? '-'
    return `${text.slice(0, last.end)}${eol}${marker} ${line}${text.slice(last.end)}`
  }
  const gap = text === '' || text.endsWith('\n') ? '' : eol
  const blank = text.trim() === '' || /\n\r?\n$/.test(text) ? '' : eol
  return `${text}${gap}${blank}- ${line}${eol}`
}
