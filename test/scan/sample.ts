import { fileURLToPath } from 'node:url'
import type { Fact, FactKind } from '#core/facts/fact'
import { createScan } from '#scan/create-scan'
import { loadRules } from '#wiring/load-rules'

const home = fileURLToPath(new URL('../..', import.meta.url))

/** The scanner with our own packs. `limits` as in production unless told. */
export async function ownScan(limits: Parameters<typeof createScan>[0]['limits'] = {}) {
  const { matchers } = await loadRules(home)
  return createScan({ matchers, limits })
}

/** What the inventory reads in one file: the facts of a kind, in the order of the text. */
export interface Sample {
  of(kind: FactKind): readonly Fact[]
  /** The captures of a kind's facts. */
  captures(kind: FactKind): readonly Fact['captures'][]
}

export async function sample(path: string, text: string): Promise<Sample> {
  const scan = await ownScan()
  const { facts, failed } = await scan.facts([{ path, text }], 'inventory')
  if (failed.length > 0) throw new Error(`${path}: ${failed[0]?.because}`)
  const of = (kind: FactKind) => facts.filter((fact) => fact.kind === kind)
  return { of, captures: (kind) => of(kind).map((fact) => fact.captures) }
}
