import { fileURLToPath } from 'node:url'
import type { Integration, Inventory } from '#core/inventory/inventory'
import { providerKnowledge } from '#flow/knowledge'
import type { FileContent } from '#flow/ports'
import { takeInventory } from '#flow/take-inventory'
import { createScan } from '#scan/create-scan'
import { loadProviders } from '#wiring/load-providers'
import { loadRules } from '#wiring/load-rules'

const home = fileURLToPath(new URL('../..', import.meta.url))
export const { matchers } = await loadRules(home)
const packs = await loadProviders(`${home}providers`)
if (!packs.ok) throw new Error('the shipped packs cannot be read')

/** The shipped providers and the scanner with the shipped facts. */
export const needs = {
  ...providerKnowledge(packs.value, '2026-11-27'),
  scan: createScan({ matchers }),
}

/** A repository of these files; `reads` collects what was asked for. */
export function contentsOf(files: Readonly<Record<string, string>>, reads: string[] = []) {
  return {
    read: async (paths: readonly string[]) => {
      reads.push(...paths)
      return new Map(
        paths.map((path): [string, FileContent] => {
          const text = files[path]
          return [path, text === undefined ? { kind: 'missing' } : { kind: 'text', text }]
        }),
      )
    },
    list: async () => ({ paths: Object.keys(files), complete: true }),
  }
}

/** The inventory of a repository of these files. */
export async function inventoryOf(
  files: Readonly<Record<string, string>>,
): Promise<Pick<Inventory, 'integrations' | 'unread'>> {
  return takeInventory(needs, { contents: contentsOf(files), at: 'head' })
}

/** Every place of an inventory in a few words: `stripe outbound-call a.ts:3 stripe.refunds.create`. */
export async function placesIn(
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { integrations } = await inventoryOf(files)
  return integrations.flatMap(placesOf)
}

export function placesOf({ id, sites }: Integration): readonly string[] {
  return sites.map(
    ({ direction, path, line, what }) => `${id} ${direction} ${path}:${line} ${what}`,
  )
}
