import { parseArgs } from 'node:util'
import * as z from 'zod'
import { loadKnowledge } from '#wiring/load-knowledge'
import { judgeOwn } from './judge-own.ts'
import { judgePublic } from './judge-public.ts'
import { type JudgedSet, printScores, printSet } from './print-scores.ts'
import { PUBLIC_SETS, type PublicSet, readPublicRows } from './public-rows.ts'
import { keepsPromise, scoreOf, scoresByLanguage, signalWorths } from './score.ts'

const SETS = ['own', ...PUBLIC_SETS] as const
const DEFAULT_MISSES = 10

const Options = z.strictObject({
  mirrors: z.string().min(1).optional(),
  set: z.enum(SETS).optional(),
  misses: z.coerce.number().int().min(0).optional(),
  json: z.boolean().default(false),
})
type Options = z.infer<typeof Options>

/** Measures the filter on the labelled files; gives the exit code. */
export async function runFilter(args: readonly string[]): Promise<number> {
  const options = readOptions(args)
  if (!options.success) {
    console.error(`${z.prettifyError(options.error)}\n${USAGE}`)
    return 2
  }
  const sets = await judgeSets(options.data)
  if (sets.length === 0) return 2
  if (options.data.json) console.log(JSON.stringify(sets.map(jsonOf), null, 2))
  else console.log(text(sets, options.data))
  const broken = sets.some(({ errors }) => errors.length > 0)
  const short = sets
    .filter(({ missing }) => missing.size === 0)
    .some(({ judged }) => !keepsPromise(scoreOf(judged)))
  return broken || short ? 1 : 0
}

const USAGE = `npm run eval -- filter [--mirrors DIR] [--set ${SETS.join('|')}] [--misses N] [--json]`

function readOptions(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args: [...args],
      options: { mirrors: text, set: text, misses: text, json: { type: 'boolean' } },
    })
    return Options.safeParse(values)
  } catch (error) {
    return z
      .never({ error: error instanceof Error ? error.message : String(error) })
      .safeParse(undefined)
  }
}

async function judgeSets({ mirrors, set }: Options): Promise<readonly JudgedSet[]> {
  const loaded = await loadKnowledge(new Date().toISOString().slice(0, 10))
  const sets: JudgedSet[] = []
  if (set === undefined || set === 'own') {
    const judged = judgeOwn(loaded.knowledge.catalog)
    sets.push({ name: 'own', judged, missing: new Map(), errors: [] })
  }
  const wanted = PUBLIC_SETS.filter((name) => set === undefined || set === name)
  if (mirrors === undefined) {
    if (wanted.length > 0) {
      console.error(`Without --mirrors the public rows are left out: ${wanted.join(', ')}.`)
    }
    return sets
  }
  for (const name of wanted) {
    const one = await judgeSet(name, mirrors, loaded)
    if (one !== null) sets.push(one)
  }
  return sets
}

async function judgeSet(
  name: PublicSet,
  mirrors: string,
  loaded: Awaited<ReturnType<typeof loadKnowledge>>,
): Promise<JudgedSet | null> {
  const rows = await readPublicRows(name)
  if (rows === null) {
    console.error(`This checkout holds no eval/filter/${name}.yml.`)
    return null
  }
  return { name, ...(await judgePublic(rows, mirrors, loaded)) }
}

/** What was held out stays unseen unless somebody asks for it by number. */
function missesOf({ name }: JudgedSet, { misses }: Options): number {
  return misses ?? (name.startsWith('held-out') ? 0 : DEFAULT_MISSES)
}

function text(sets: readonly JudgedSet[], options: Options): string {
  const details = sets.flatMap((set) => ['', ...printSet(set, missesOf(set, options))])
  return [...printScores(sets), ...details].join('\n')
}

function jsonOf({ name, judged, missing, errors }: JudgedSet) {
  return {
    set: name,
    ...scoreOf(judged),
    languages: Object.fromEntries(scoresByLanguage(judged)),
    signals: signalWorths(judged),
    missing: Object.fromEntries(missing),
    errors,
  }
}
