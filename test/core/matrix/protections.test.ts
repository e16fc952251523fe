import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { buildMatrix } from '#core/matrix/build-matrix'
import { CALL_COLUMNS, type CellState, HANDLER_COLUMNS } from '#core/matrix/matrix'
import { codeOf } from '#core/rules/code'
import { createScan } from '#scan/create-scan'
import { loadKnowledge } from '#wiring/load-knowledge'

const Files = z.record(z.string(), z.string())
const Column = z.enum([...CALL_COLUMNS, ...HANDLER_COLUMNS])

/** A call or handler with every protection, and what becomes of it when one is taken away or moved. */
const Protected = z.strictObject({
  name: z.string(),
  kind: z.enum(['call', 'handler']),
  /** Where the row stands, when the files have more than one. */
  row: z.string().optional(),
  /** Columns that are no matter of this row; all others are protected. */
  besides: z.partialRecord(Column, z.enum(['not-needed', 'unknown', 'missing'])).default({}),
  files: Files,
  changes: z
    .array(
      z.strictObject({
        in: z.string().optional(),
        from: z.string(),
        to: z.string(),
        flips: Column,
        /** What the cell then is; by default `missing`. */
        into: z.enum(['missing', 'unknown', 'not-needed']).default('missing'),
        /** What follows from it: without attempts, there are no waits between them. */
        also: z.partialRecord(Column, z.enum(['not-needed', 'unknown', 'missing'])).default({}),
      }),
    )
    .min(1),
  /** The same protections at other places: the files that change. A null takes a file away. */
  moves: z
    .array(z.strictObject({ name: z.string(), files: z.record(z.string(), z.string().nullable()) }))
    .default([]),
})
type Protected = z.infer<typeof Protected>

const FOLDER = fileURLToPath(new URL('protected/', import.meta.url))
const all = readdirSync(FOLDER)
  .toSorted()
  .flatMap((name) => z.array(Protected).parse(parse(readFileSync(`${FOLDER}${name}`, 'utf8'))))
const { knowledge, matchers } = await loadKnowledge('2026-11-28')

interface Version {
  readonly name: string
  readonly title: string
  readonly folder: string
  readonly files: Readonly<Record<string, string>>
  readonly kind: Protected['kind']
  readonly row: string | undefined
  readonly expected: Readonly<Record<string, CellState>>
}

const versions: readonly Version[] = all.flatMap((one, index) => {
  const whole = cellsOf(one)
  const version = (title: string, files: Version['files'], expected = whole): Version => ({
    ...{ name: one.name, title, files, expected, kind: one.kind, row: one.row },
    folder: `case-${index}/${title.replaceAll(/\W+/g, '-')}`,
  })
  return [
    version('with all of it', one.files),
    ...one.changes.map((change, number) =>
      version(`${number}: without ${change.flips}`, changed(one.files, change), {
        ...whole,
        ...following(change),
        ...change.also,
        [change.flips]: change.into,
      }),
    ),
    ...one.moves.map((move, number) =>
      version(`moved ${number}: ${move.name}`, moved(one.files, move.files)),
    ),
  ]
})

/** What goes with a protection: nothing waits between attempts where nothing is tried again. */
function following({
  flips,
  into,
}: Protected['changes'][number]): Readonly<Record<string, CellState>> {
  if (flips !== 'retry' || into === 'not-needed') return {}
  return { backoff: into === 'missing' ? 'not-needed' : 'unknown' }
}

function cellsOf({ kind, besides }: Protected): Record<string, CellState> {
  const columns = kind === 'call' ? CALL_COLUMNS : HANDLER_COLUMNS
  return Object.fromEntries(
    columns.map((column): [string, CellState] => [column, besides[column] ?? 'protected']),
  )
}

function changed(
  files: Readonly<Record<string, string>>,
  { in: where, from, to }: Protected['changes'][number],
): Record<string, string> {
  const path = where ?? Object.keys(files)[0] ?? ''
  const text = files[path] ?? ''
  if (text.split(from).length !== 2) throw new Error(`not once in ${path}: ${from}`)
  return { ...files, [path]: text.replace(from, () => to) }
}

function moved(
  files: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string | null>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...files, ...others }).flatMap(([path, text]) =>
      text === null ? [] : [[path, text]],
    ),
  )
}

const found = new Map<string, Readonly<Record<string, CellState>>>()

beforeAll(async () => {
  const sources = versions.flatMap(({ folder, files }) =>
    Object.entries(files).map(([path, text]) => ({ path: `${folder}/${path}`, text })),
  )
  const { facts, failed } = await createScan({ matchers }).facts(sources, 'matrix')
  expect(failed).toEqual([])
  const byPath = Map.groupBy(facts, ({ path }) => path)
  for (const version of versions) {
    const own = sources.filter(({ path }) => path.startsWith(`${version.folder}/`))
    const code = codeOf(
      own,
      own.flatMap(({ path }) => byPath.get(path) ?? []),
    )
    found.set(version.folder, statesIn(buildMatrix({ code, ...knowledge }), version))
  }
}, 120_000)

function statesIn(
  { calls, handlers }: ReturnType<typeof buildMatrix>,
  { kind, row, folder }: Version,
): Readonly<Record<string, CellState>> {
  const rows = (kind === 'call' ? calls : handlers).filter(
    ({ path, what }) => row === undefined || row === what || path === `${folder}/${row}`,
  )
  const [only] = rows
  if (only === undefined || rows.length > 1)
    return Object.fromEntries(
      rows.map(({ path, line, what }) => [`${path}:${line} ${what}`, 'unknown']),
    )
  return Object.fromEntries(
    Object.entries(only.cells).map(([column, cell]) => [column, cell?.state ?? 'unknown']),
  )
}

test('at least forty calls and handlers in at least six languages are protected in every way', () => {
  const languages = new Set(
    all.map(({ files }) => /\.(\w+)$/.exec(Object.keys(files)[0] ?? '')?.[1]),
  )
  expect(all.length).toBeGreaterThanOrEqual(40)
  expect(languages.size).toBeGreaterThanOrEqual(6)
})

describe.each(versions)('$name', ({ title, folder, expected }) => {
  test(title, () => {
    expect(found.get(folder)).toEqual(expected)
  })
})
