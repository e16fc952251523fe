import type { SelectionInput } from '#core/filter/select-files'
import type { FileDecision, Selection } from '#core/filter/selection'
import { Problem } from '#core/problem'
import { gather } from '#flow/gather'
import type { Contents, FileContent } from '#flow/ports'
import { select } from '#flow/select'
import { createLocalChanges } from '#local/local-changes'
import type { Loaded } from '#wiring/load-knowledge'
import { decisionsWithout, type JudgedFile } from './judged-file.ts'
import { findMirror } from './mirrors.ts'
import { type CommitRows, type PublicRow, rowsByCommit } from './public-rows.ts'

/** What became of the rows of a set. */
export interface PublicResult {
  readonly judged: readonly JudgedFile[]
  /** Repositories without a mirror, with the rows that were left out for it. */
  readonly missing: ReadonlyMap<string, number>
  /** Rows that could not be judged though the repository is there, a line each. */
  readonly errors: readonly string[]
}

type Outcome =
  | { readonly kind: 'judged'; readonly files: readonly JudgedFile[]; readonly errors: string[] }
  | { readonly kind: 'missing'; readonly repo: string; readonly rows: number }

/** Commits that are read at a time: git is what takes the time. */
const PARALLEL = 2

/** Judges rows on the mirrors of their repositories by the product's own steps. */
export async function judgePublic(
  rows: readonly PublicRow[],
  mirrors: string,
  loaded: Loaded,
): Promise<PublicResult> {
  const waiting = [...rowsByCommit(rows)]
  const outcomes: Outcome[] = []
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      outcomes.push(await judgeCommit(next, mirrors, loaded))
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  const missing = new Map<string, number>()
  for (const outcome of outcomes) {
    if (outcome.kind !== 'missing') continue
    missing.set(outcome.repo, (missing.get(outcome.repo) ?? 0) + outcome.rows)
  }
  const done = outcomes.filter((outcome) => outcome.kind === 'judged')
  return {
    judged: done.flatMap(({ files }) => files),
    errors: done.flatMap(({ errors }) => errors),
    missing,
  }
}

async function judgeCommit(commit: CommitRows, mirrors: string, loaded: Loaded): Promise<Outcome> {
  const directory = findMirror(mirrors, commit.repo)
  if (directory === null) return { kind: 'missing', repo: commit.repo, rows: commit.rows.length }
  try {
    const input = await selectCommit(directory, commit.sha, loaded)
    return { kind: 'judged', ...judgeRows(commit, input) }
  } catch (error) {
    if (error instanceof Problem && error.code === 'git.incomplete') {
      const repo = `${commit.repo}, whose mirror lacks ${commit.sha.slice(0, 8)}`
      return { kind: 'missing', repo, rows: commit.rows.length }
    }
    const because = error instanceof Error ? error.message : String(error)
    return { kind: 'judged', files: [], errors: [`${placeOf(commit)}: ${because}`] }
  }
}

/** One commit, selected by the product, and the input to select it again by. */
interface SelectedCommit {
  readonly selection: Selection
  readonly input: SelectionInput
}

/** Selects the files of one commit of a repository, compared with its first parent. */
async function selectCommit(
  directory: string,
  sha: string,
  loaded: Loaded,
): Promise<SelectedCommit> {
  const changes = createLocalChanges({ directory, base: `${sha}^`, head: sha, staged: false })
  try {
    const gathered = await gather(changes, loaded)
    const { catalog } = loaded.knowledge
    const { contents, texts } = listening(gathered.snapshot.contents)
    const snapshot = { ...gathered.snapshot, contents }
    const { selection } = await select({ ...gathered, snapshot })
    // Where the change leaves the marks alone, one read of the head serves for both.
    const attributes = texts.base.get('.gitattributes') ?? texts.head.get('.gitattributes')
    const input = {
      files: snapshot.files,
      sources: texts.head,
      catalog,
      settings: gathered.settings,
      ...(attributes === undefined ? {} : { attributes }),
    }
    return { selection, input }
  } finally {
    changes.close()
  }
}

/** Keeps the texts that are read, so that the same can be decided again. */
function listening(contents: Contents): {
  readonly contents: Contents
  readonly texts: Readonly<Record<'base' | 'head' | 'tip', Map<string, string>>>
} {
  const texts = { base: new Map(), head: new Map(), tip: new Map() }
  const keep = (into: Map<string, string>, read: ReadonlyMap<string, FileContent>) => {
    for (const [path, content] of read) if (content.kind === 'text') into.set(path, content.text)
  }
  return {
    texts,
    contents: {
      ...contents,
      async read(paths, at) {
        const read = await contents.read(paths, at)
        keep(texts[at], read)
        return read
      },
    },
  }
}

function judgeRows(
  commit: CommitRows,
  { selection, input }: SelectedCommit,
): { readonly files: readonly JudgedFile[]; readonly errors: string[] } {
  const decisions = new Map(selection.map((decision) => [decision.path, decision]))
  // A label may name a file by the name that the commit took from it.
  const renamed = new Map(
    input.files.flatMap(({ path, previousPath }) =>
      previousPath === null ? [] : [[previousPath, path]],
    ),
  )
  const nameNow = (path: string) => (decisions.has(path) ? path : (renamed.get(path) ?? path))
  const poorer = decisionsWithout(input, new Set(commit.rows.map(({ path }) => nameNow(path))))
  const errors: string[] = []
  const files = commit.rows.flatMap(({ path, lang, label, reason }) => {
    const decision: FileDecision | undefined = decisions.get(nameNow(path))
    if (decision === undefined) {
      errors.push(`${placeOf(commit)} ${path}: the commit does not change this file`)
      return []
    }
    const place = `${placeOf(commit)} ${path}`
    const without = poorer.get(nameNow(path)) ?? new Map()
    return [{ place, language: lang, label, because: reason, decision, without }]
  })
  return { files, errors }
}

const placeOf = ({ repo, sha }: CommitRows) => `${repo}@${sha.slice(0, 8)}`
