import { fileURLToPath } from 'node:url'
import type { Fact, FactKind } from '#core/facts/fact'
import { createScan } from '#scan/create-scan'
import { loadRules } from '#wiring/load-rules'

type Seen = Readonly<Record<string, string | readonly string[]>>

/** The product's own fact packs and rules. */
const { matchers: ownMatchers } = await loadRules(fileURLToPath(new URL('../..', import.meta.url)))
const scan = createScan({ matchers: ownMatchers })

/**
 * Scans one file for the inventory. What comes back gives the facts of a kind in the order of the
 * text, each with the captures that are asked for and that it has; `args` are its arguments and
 * `scope` is the name of what encloses it.
 */
export async function seenIn(
  path: string,
  text: string,
): Promise<(kind: FactKind, ...captures: readonly string[]) => readonly Seen[]> {
  const { facts, failed } = await scan.facts([{ path, text }], 'inventory')
  if (failed.length > 0) throw new Error(`not scanned: ${failed[0]?.because}`)
  return (kind, ...captures) =>
    facts.filter((fact) => fact.kind === kind).map((fact) => pick(fact, captures))
}

function pick(fact: Fact, captures: readonly string[]): Seen {
  const all: Record<string, string | readonly string[] | undefined> = {
    ...fact.captures,
    args: fact.args,
    scope: fact.scope?.name ?? undefined,
  }
  return Object.fromEntries(
    captures.flatMap((name) => {
      const value = all[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
