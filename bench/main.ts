import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { isOver, type Limit, type Row, ratioOf } from './case.ts'
import { CASES } from './cases.ts'

const PROBE = fileURLToPath(new URL('probe.ts', import.meta.url))
const figure = z.number()
const Rows = z.array(
  z.strictObject({
    name: z.string(),
    figure,
    unit: z.enum(['ms', 'MB', 'tokens', '/s']),
    baseline: z.strictObject({ name: z.string(), figure }),
    limit: z.union([
      z.strictObject({ kind: z.enum(['figure', 'ratio']), most: figure }),
      z.strictObject({ kind: z.enum(['figure', 'ratio']), least: figure }),
    ]),
  }),
)

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const known = [...CASES.keys()]
  const unknown = positionals.find((asked) => !known.some((name) => name.startsWith(asked)))
  if (unknown !== undefined) {
    console.error(`No case is called ${unknown}; there are: ${known.join(', ')}.`)
    return 2
  }
  const wanted = known.filter(
    (name) => positionals.length === 0 || positionals.some((asked) => name.startsWith(asked)),
  )
  const rows: Row[] = []
  for (const name of wanted) {
    for (const probe of Object.keys(CASES.get(name) ?? {})) {
      rows.push(...(await measureApart(name, probe)))
    }
  }
  console.log(values.json ? JSON.stringify(rows.map(asData), null, 2) : table(rows))
  return rows.some(isOver) ? 1 : 0
}

/** Each probe has a process of its own: no other's memory, no other's compiled code. */
async function measureApart(name: string, probe: string): Promise<readonly Row[]> {
  const child = fork(PROBE, [name, probe], { execArgv: ['--expose-gc'] })
  const answers: unknown[] = []
  child.on('message', (answer) => answers.push(answer))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`The probe ${name} ${probe} ended with ${code}.`)
  return Rows.parse(answers[0])
}

const asData = (row: Row) => ({ ...row, ratio: ratioOf(row), over: isOver(row) })

function table(rows: readonly Row[]): string {
  const cells = [
    ['name', 'figure', 'baseline', '', 'ratio', 'limit', ''],
    ...rows.map((row) => [
      row.name,
      `${short(row.figure)} ${row.unit}`,
      row.baseline.name,
      `${short(row.baseline.figure)} ${row.unit}`,
      `${short(ratioOf(row))}x`,
      limitOf(row.limit, row.unit),
      isOver(row) ? 'over' : 'ok',
    ]),
  ]
  const widths = cells[0]?.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function limitOf(limit: Limit, unit: Row['unit']): string {
  const value = 'most' in limit ? `${limit.most}` : `at least ${limit.least}`
  return limit.kind === 'ratio' ? `${value}x` : `${value} ${unit}`
}

const short = (value: number) => value.toFixed(value < 10 ? 2 : 0)

process.exitCode = await main()
