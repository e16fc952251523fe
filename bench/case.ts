/** One figure with what it is held against. */
export interface Row {
  readonly name: string
  readonly figure: number
  readonly unit: Unit
  /** Something as simple as can be that does the least of the same work, measured beside it. */
  readonly baseline: { readonly name: string; readonly figure: number }
  /** What the figure may be, by itself or as a multiple of the baseline. */
  readonly limit: Limit
}

export type Unit = 'ms' | 'MB' | 'tokens' | '/s'

/** The most that something may be, or the least. */
export type Limit =
  | { readonly kind: 'figure' | 'ratio'; readonly most: number }
  | { readonly kind: 'figure' | 'ratio'; readonly least: number }

/** Measures something in a process of its own, which has `gc` and nothing in memory yet. */
export type Probe = () => Promise<readonly Row[]>

/** What `npm run bench -- <name>` runs: probes by name. */
export type Case = Readonly<Record<string, Probe>>

/** How many times the baseline a figure is. */
export function ratioOf({ figure, baseline }: Row): number {
  return figure / baseline.figure
}

/** Whether a figure passes its limit. */
export function isOver(row: Row): boolean {
  const { limit } = row
  const value = limit.kind === 'ratio' ? ratioOf(row) : row.figure
  // A figure that is no number was not measured, so nothing can be said for it.
  return !('most' in limit ? value <= limit.most : value >= limit.least)
}

export const MB = 1024 * 1024
