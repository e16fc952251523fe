import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { Settings } from '#core/settings/settings'
import type { SourceText } from '#core/text/source-text'

/** One setting as it holds, and where it was written. */
export interface EffectiveSetting {
  /** As in `review.max_comments`. */
  readonly key: string
  readonly value: unknown
  /** The line of the settings file; null for a default. */
  readonly line: number | null
}

/**
 * Every setting that holds, in the order of the schema, and the line of the file that gave it.
 *
 * @param settings as they were read from `source`
 * @param source null where the file does not exist, or could not be read and counts for nothing
 */
export function effectiveSettings(
  settings: Settings,
  source: SourceText | null,
): readonly EffectiveSetting[] {
  const lines = source === null ? new Map<string, number>() : linesOf(source.text)
  return Object.keys(Settings.shape).flatMap((section) => {
    const value: unknown = Reflect.get(settings, section)
    const keys = keysBelow(section, value)
    return keys.map(({ key, value: own }) => ({ key, value: own, line: lines.get(key) ?? null }))
  })
}

/** Free text and lists stand for themselves; a map of fixed keys is opened. */
function keysBelow(
  section: string,
  value: unknown,
): readonly { readonly key: string; readonly value: unknown }[] {
  const open = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!open || section === 'rules') return [{ key: section, value }]
  return Object.entries(value).map(([name, own]: [string, unknown]) => ({
    key: `${section}.${name}`,
    value: own,
  }))
}

function linesOf(text: string): ReadonlyMap<string, number> {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, schema: 'core' })
  const lines = new Map<string, number>()
  const note = (map: unknown, above: string) => {
    if (!isMap(map)) return
    for (const { key, value } of map.items) {
      if (!isScalar(key)) continue
      const name = `${above}${String(key.value)}`
      lines.set(name, counter.linePos(key.range?.[0] ?? 0).line)
      if (above === '') note(value, `${name}.`)
    }
  }
  note(document.contents, '')
  return lines
}
