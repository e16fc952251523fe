import { type Fact, isReadFor } from '#core/facts/fact'
import type { SourceText } from '#core/text/source-text'
import type { Scan, ScanResult } from '#flow/ports'

/** What one file gave, with the facts of every kind. */
interface OfFile {
  readonly facts: readonly Fact[]
  readonly scanned: boolean
  readonly unsupported: ScanResult['unsupported']
  readonly failed: ScanResult['failed']
}

/** By path and by text: before and after a change one path has two. */
type Known = Map<string, Map<string, Promise<OfFile>>>

/**
 * A scan for one review, in which the rules, the matrix and the inventory look at the same files:
 * starting the scanner takes longer than reading a file, so each text is scanned once, for all of
 * them, and each gets the facts that it reads. What only the inventory looks at is many files for
 * few kinds, and is scanned as it asks.
 */
export function scanOnce(scan: Scan): Scan {
  const known: Known = new Map()
  const seen = ({ path, text }: SourceText) => known.get(path)?.get(text)
  return {
    ...scan,
    async facts(sources, use = 'rules') {
      const unknown = sources.filter((source) => seen(source) === undefined)
      if (use === 'inventory' && unknown.length > 0) return scan.facts(sources, use)
      if (unknown.length > 0) {
        const places = placesOf(unknown)
        rememberScan(known, places, scan.facts([...places.keys()], 'review'))
      }
      const files = await Promise.all(sources.flatMap((source) => seen(source) ?? []))
      return {
        facts: files.flatMap(({ facts }) => facts.filter(({ kind }) => isReadFor(kind, use))),
        scanned: sources.flatMap(({ path }, at) => (files[at]?.scanned === true ? [path] : [])),
        unsupported: files.flatMap(({ unsupported }) => unsupported),
        failed: files.flatMap(({ failed }) => failed),
      }
    },
  }
}

/**
 * The texts under names of which each is one text's own, with their sources: a scan tells what it
 * found by the path alone, and one path may stand for the file before and after the change.
 */
function placesOf(sources: readonly SourceText[]): ReadonlyMap<SourceText, SourceText> {
  const taken = new Set<string>()
  return new Map(
    sources.map((source, index) => {
      const isFirst = !taken.has(source.path)
      taken.add(source.path)
      return [isFirst ? source : { ...source, path: `${index}\0${source.path}` }, source]
    }),
  )
}

function rememberScan(
  known: Known,
  places: ReadonlyMap<SourceText, SourceText>,
  scanning: Promise<ScanResult>,
): void {
  const sorted = scanning.then((result) => ({
    facts: Map.groupBy(result.facts, ({ path }) => path),
    scanned: new Set(result.scanned),
    unsupported: Map.groupBy(result.unsupported, ({ path }) => path),
    failed: Map.groupBy(result.failed, ({ path }) => path),
  }))
  for (const [place, { path, text }] of places) {
    const ofFile = sorted.then(({ facts, scanned, unsupported, failed }) => ({
      facts: underPath(facts.get(place.path), path),
      scanned: scanned.has(place.path),
      unsupported: underPath(unsupported.get(place.path), path),
      failed: underPath(failed.get(place.path), path),
    }))
    const texts = known.get(path) ?? new Map<string, Promise<OfFile>>()
    known.set(path, texts.set(text, ofFile))
    // Whoever asked is told; a scan that broke is not kept for others.
    ofFile.catch(() => texts.delete(text))
  }
}

function underPath<T extends { readonly path: string }>(
  found: readonly T[] | undefined,
  path: string,
): readonly T[] {
  return (found ?? []).map((one) => (one.path === path ? one : { ...one, path }))
}
