import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { type CaseScores, type Outcome, scoreCases } from '#core/evaluation/score-cases'
import { caseMissesText, caseScoresText, setScoresText } from '#core/render/case-scores'
import { evaluateLocally } from '#wiring/evaluate-locally'

const SETS = [
  'tuning',
  'tuning-2',
  'tuning-3',
  'tuning-4',
  'tuning-5',
  'tuning-6',
  'tuning-7',
  'tuning-8',
  'held-out',
] as const
/** What the project promises of its rules on labelled cases. */
const PROMISE = { precision: 0.92, recall: 0.75 }

const Options = z.strictObject({
  directory: z.string().min(1).optional(),
  set: z.enum(SETS).optional(),
  misses: z.boolean().default(false),
  json: z.boolean().default(false),
})

/** One folder of cases and what the rules made of it. */
interface Measured {
  readonly folder: string
  readonly scores: CaseScores
  readonly outcomes: readonly Outcome[]
}

const USAGE = `npm run eval -- rules [DIR | --set ${SETS.join('|')}] [--misses] [--json]`

/** Measures the rules on labelled cases; gives the exit code. */
export async function runRules(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (!options.success) {
    console.error(`${z.prettifyError(options.error)}\n${USAGE}`)
    return 2
  }
  const { directory, set, misses, json } = options.data
  const folders =
    directory !== undefined
      ? [directory]
      : SETS.filter((name) => set === undefined || name === set).map((name) =>
          fileURLToPath(new URL(`testdata/${name}`, import.meta.url)),
        )
  const measured = await measure(folders, directory !== undefined)
  if (json)
    console.log(
      JSON.stringify(
        measured.map(({ scores }) => scores),
        null,
        2,
      ),
    )
  else {
    for (const { folder, scores, outcomes } of measured) {
      console.log(`${basename(folder)}: ${caseScoresText(scores)}\n`)
      if (misses) console.log(`${caseMissesText(outcomes)}\n`)
    }
    if (measured.length > 1) console.log(together(measured))
  }
  return measured.every(({ scores }) => keepsPromise(scores)) ? 0 : 1
}

/** A folder that somebody named is measured even if it is empty: that is told as a mistake. */
async function measure(folders: readonly string[], named: boolean): Promise<readonly Measured[]> {
  const measured: Measured[] = []
  for (const folder of folders) {
    if (!named && !(await holdsCases(folder))) {
      console.error(`${basename(folder)}: no cases`)
      continue
    }
    const outcomes = await evaluateLocally(folder, () => {})
    measured.push({ folder, scores: scoreCases(outcomes), outcomes })
  }
  return measured
}

function together(measured: readonly Measured[]): string {
  const sets = measured.map(({ folder, scores }) => ({ ...scores.whole, name: basename(folder) }))
  return setScoresText(sets, scoreCases(measured.flatMap(({ outcomes }) => outcomes)))
}

/** Whether a set has cases: a held-out set is empty once its cases were learnt from. */
async function holdsCases(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.some((entry) => entry.isDirectory())
}

function keepsPromise({ whole: { precision, recall } }: CaseScores): boolean {
  return (precision ?? 1) >= PROMISE.precision && (recall ?? 1) >= PROMISE.recall
}

function readOptions(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        set: { type: 'string' },
        misses: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    })
    return Options.safeParse({ ...values, directory: positionals[0] })
  } catch (error) {
    return z
      .never({ error: error instanceof Error ? error.message : String(error) })
      .safeParse(undefined)
  }
}
