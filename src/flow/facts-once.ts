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
      if (unknown.length > 0) rememberScan(known, unknown, scan.facts(unknown, 'review'))
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

function rememberScan(
  known: Known,
  sources: readonly SourceText[],
  scanning: Promise<ScanResult>,
): void {
  const sorted = scanning.then((result) => ({
    facts: Map.groupBy(result.facts, ({ path }) => path),
    scanned: new Set(result.scanned),
    unsupported: Map.groupBy(result.unsupported, ({ path }) => path),
    failed: Map.groupBy(result.failed, ({ path }) => path),
  }))
  for (const { path, text } of sources) {
    const ofFile = sorted.then(({ facts, scanned, unsupported, failed }) => ({
      facts: facts.get(path) ?? [],
      scanned: scanned.has(path),
      unsupported: unsupported.get(path) ?? [],
      failed: failed.get(path) ?? [],
    }))
    const texts = known.get(path) ?? new Map<string, Promise<OfFile>>()
    known.set(path, texts.set(text, ofFile))
    // Whoever asked is told; a scan that broke is not kept for others.
    ofFile.catch(() => texts.delete(text))
  }
}
