import { anchoredLines, redactLines } from '#core/agent/anchors'
import type { ToolAnswer } from '#core/agent/memory-overlay'
import { faultOfPath, isWithheld, showPath } from '#core/agent/repository-paths'
import type { ListFilesInput, ReadFileInput, SearchCodeInput } from '#core/agent/tool-inputs'
import type { Side } from '#core/diff/diff'
import { clip, splitLines } from '#core/text/lines'
import type { SourceText } from '#core/text/source-text'
import type { At, Contents, Scan } from '#flow/ports'

/** What the reading tools need. Everything is pinned to the commits of the review. */
export interface ReadingNeeds {
  readonly contents: Contents
  readonly scan: Pick<Scan, 'search'>
  readonly redact: (text: string) => string
}

/** The tools that look at the repository. */
export interface AgentReading {
  readFile(input: ReadFileInput): Promise<ToolAnswer>
  listFiles(input: ListFilesInput): Promise<ToolAnswer>
  searchCode(input: SearchCodeInput): Promise<ToolAnswer>
  /** The lines of a file for checking what was cited; null when it cannot be read. */
  lines(path: string, at: At): Promise<readonly string[] | null>
  /** Files that were read to their end, at the head. */
  readPaths(): ReadonlySet<string>
}

const MAX_RESULT_CHARACTERS = 60_000
const MAX_LISTED = 500
const MAX_SEARCHED_FILES = 4_000
const MAX_SEARCHED_CHARACTERS = 30_000_000
const MAX_MATCHES = 100
const NOT_TEXT =
  /\.(?:png|jpe?g|gif|webp|ico|pdf|zip|gz|tgz|br|zst|xz|7z|jar|war|class|so|dylib|dll|exe|bin|wasm|woff2?|ttf|eot|otf|mp[34]|mov|avi|webm|ogg|wav|sqlite|db|parquet|pyc|lockb)$/i

export function createAgentReading(needs: ReadingNeeds): AgentReading {
  const readToEnd = new Set<string>()
  const known = new Map<string, Promise<Text>>()
  /** A pinned file does not change: each is asked for once. */
  const textAt = (path: string, at: At): Promise<Text> => {
    const key = `${at} ${path}`
    const text = known.get(key) ?? textOf(needs.contents, path, at)
    known.set(key, text)
    return text
  }
  const lines = async (path: string, at: At): Promise<readonly string[] | null> => {
    const text = await textAt(path, at)
    return text.ok ? splitLines(text.text) : null
  }
  return {
    lines,
    readPaths: () => readToEnd,
    readFile: async ({ path, version, offset, limit }) => {
      const text = await textAt(path, version)
      if (!text.ok) return fail(text.because)
      const all = splitLines(text.text)
      if (all.length === 0) return done(`${showPath(path)} is empty.`)
      if (offset > all.length) return fail(`${showPath(path)} has ${all.length} lines.`)
      const shown = redactLines(all, needs.redact)
      const window = all.slice(offset - 1, offset - 1 + limit)
      const rows = anchoredLines(sideOf(version), offset, window, shown.slice(offset - 1))
      const fitting = firstThatFit(rows)
      const last = offset + fitting.length - 1
      if (last >= all.length && version === 'head') readToEnd.add(path)
      const more = last < all.length ? `\nThere are more lines: use offset ${last + 1}.` : ''
      return done(
        `${showPath(path)} at ${version}, lines ${offset} to ${last} of ${all.length}:\n${fitting.join('\n')}${more}`,
      )
    },
    listFiles: (input) => listFiles(needs, input),
    searchCode: (input) => searchCode(needs, input),
  }
}

type Text = { readonly ok: true; readonly text: string } | { readonly ok: false; because: string }

async function textOf(contents: Contents, path: string, at: At): Promise<Text> {
  const fault = faultOfPath(path)
  if (fault !== null) return { ok: false, because: fault }
  if (isWithheld(path)) {
    return { ok: false, because: `${showPath(path)} is withheld: such files hold credentials.` }
  }
  const content = (await contents.read([path], at)).get(path)
  if (content === undefined || content.kind === 'missing') {
    return { ok: false, because: `There is no file ${showPath(path)} at the ${at}.` }
  }
  if (content.kind === 'refused') {
    return { ok: false, because: `${showPath(path)} cannot be read: ${content.because}` }
  }
  if (content.text.includes('\0')) return { ok: false, because: `${showPath(path)} is binary.` }
  return { ok: true, text: content.text }
}

async function pathsBelow(
  needs: ReadingNeeds,
  under: string,
  at: At,
): Promise<
  { ok: true; paths: readonly string[]; complete: boolean } | { ok: false; because: string }
> {
  const folder = under.replace(/\/+$/, '')
  const fault = folder === '' || folder === '.' ? null : faultOfPath(folder)
  if (fault !== null) return { ok: false, because: fault }
  const { paths, complete } = await needs.contents.list(at)
  const prefix = folder === '' || folder === '.' ? '' : `${folder}/`
  const below = paths.filter((path) => path.startsWith(prefix) || path === folder)
  return { ok: true, paths: below, complete }
}

async function listFiles(
  needs: ReadingNeeds,
  { under, version, offset }: ListFilesInput,
): Promise<ToolAnswer> {
  const below = await pathsBelow(needs, under, version)
  if (!below.ok) return fail(below.because)
  const { paths, complete } = below
  if (paths.length === 0) return fail(`There are no files below ${showPath(under)}.`)
  const page = firstThatFit(paths.slice(offset, offset + MAX_LISTED).map(showPath))
  const next = offset + page.length
  const notes = [
    next < paths.length ? `There are more: use offset ${next}.` : '',
    complete ? '' : 'The listing is incomplete: the repository is too large.',
  ].filter((note) => note !== '')
  return done([`${paths.length} files:`, ...page, ...notes].join('\n'))
}

async function searchCode(
  needs: ReadingNeeds,
  { pattern, under, version }: SearchCodeInput,
): Promise<ToolAnswer> {
  const below = await pathsBelow(needs, under, version)
  if (!below.ok) return fail(below.because)
  const wanted = below.paths.filter((path) => !isWithheld(path) && !NOT_TEXT.test(path))
  const searched = wanted.slice(0, MAX_SEARCHED_FILES)
  const contents = await needs.contents.read(searched, version)
  const sources: SourceText[] = []
  let characters = 0
  for (const path of searched) {
    const content = contents.get(path)
    if (content?.kind !== 'text' || content.text.includes('\0')) continue
    characters += content.text.length
    if (characters > MAX_SEARCHED_CHARACTERS) break
    sources.push({ path, text: content.text })
  }
  const result = await needs.scan.search(pattern, sources, MAX_MATCHES)
  if (!result.ok) return fail(`The search did not finish: ${result.because}`)
  const masked = new Map<string, readonly string[]>()
  const rows = result.matches.map(({ path, line, text }) => {
    // Masked with the whole file: the inside of a key looks harmless by itself.
    const file = masked.get(path) ?? redactLines(linesIn(sources, path), needs.redact)
    masked.set(path, file)
    const [row] = anchoredLines(sideOf(version), line, [text], [file[line - 1] ?? ''])
    return `${showPath(path)} ${clip(row ?? '', 400)}`
  })
  const notes = [
    result.cut ? `Only the first ${rows.length} matches are shown; narrow the pattern.` : '',
    sources.length < wanted.length
      ? `${sources.length} of ${wanted.length} files were searched; narrow the folder.`
      : '',
  ].filter((note) => note !== '')
  if (rows.length === 0) return done(['No line matches.', ...notes].join('\n'))
  return done([...firstThatFit(rows), ...notes].join('\n'))
}

function linesIn(sources: readonly SourceText[], path: string): readonly string[] {
  return splitLines(sources.find((source) => source.path === path)?.text ?? '')
}

/** As many rows as a result may have. */
function firstThatFit(rows: readonly string[]): readonly string[] {
  let left = MAX_RESULT_CHARACTERS
  const index = rows.findIndex((row) => {
    left -= row.length + 1
    return left < 0
  })
  return index === -1 ? rows : rows.slice(0, Math.max(1, index))
}

function sideOf(at: At): Side {
  return at === 'head' ? 'RIGHT' : 'LEFT'
}

function done(text: string): ToolAnswer {
  return { text, isError: false }
}

function fail(text: string): ToolAnswer {
  return { text, isError: true }
}
