import type { Provider } from '#core/providers/provider'

/** The way to a value inside a pack: `['packages', 'npm', 0]`. */
export type PackPath = readonly (string | number)[]

/** A page that states facts, with the day it was read and the day from which it counts no more. */
export interface PackSource {
  readonly url: string
  readonly checked: string
  readonly expires: string
}

/** A provider as it was read from a file, with the way back to the lines. */
export interface Pack {
  readonly provider: Provider
  readonly file: string
  readonly sources: Readonly<Record<string, PackSource>>
  /** 1-based line of what stands at `path`, of its key where it has one. */
  lineOf(path: PackPath): number
}

/** Something that is wrong at a place of a pack. */
export interface PackProblem {
  readonly path: PackPath
  readonly reason: string
}
