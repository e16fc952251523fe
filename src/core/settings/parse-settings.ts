import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml'
import type { Complaint, Read } from '#core/problem'
import { describeIssues } from '#core/settings/describe-issues'
import { DEFAULT_SETTINGS, Settings } from '#core/settings/settings'
import { escapeLine } from '#core/text/hidden-characters'
import { byteLength, clip, splitLines } from '#core/text/lines'
import type { SettingsSource } from '#core/text/source-text'

const MAX_BYTES = 64 * 1024
const MAX_ALIASES = 20
const MAX_DEPTH = 10
const MAX_COMPLAINTS = 20
/** Keys that mean something else to JavaScript than to the person who wrote them. */
const RESERVED_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/** One complaint about a parsed file; `at` is an offset in its text. */
interface Found {
  readonly at: number
  readonly reason: string
}

/** Reads the settings of a repository. Every complaint comes with its line, in file order. */
export function parseSettings(source: SettingsSource): Read<Settings> {
  const whole = (reason: string): Read<Settings> => ({
    ok: false,
    complaints: [{ file: source.path, line: null, reason }],
  })
  if (source.unreadable !== undefined) return whole(`cannot be read: ${source.unreadable}`)
  if (byteLength(source.text) > MAX_BYTES) return whole('larger than 64 KB')

  const lines = new LineCounter()
  const refuse = (found: readonly Found[]) => refusal(source, lines, found)
  const document = parseYaml(source.text, lines)
  if (document === null) return whole('nested too deeply')

  const syntax = [...document.errors, ...document.warnings]
  if (syntax.length > 0) {
    return refuse(
      syntax.map((error) => ({ at: error.pos[0], reason: firstSentence(error.message) })),
    )
  }
  const dangerous = findDangers(document)
  if (dangerous.length > 0) return refuse(dangerous)
  if (document.contents !== null && !isMap(document.contents) && !isNull(document.contents)) {
    return refuse([{ at: start(document.contents), reason: 'expected keys and values at the top' }])
  }

  const value = withoutEmptySections(document.toJS({ maxAliasCount: MAX_ALIASES }))
  const parsed = Settings.safeParse(value, { reportInput: true })
  if (parsed.success) return { ok: true, value: parsed.data }
  return refuse(
    describeIssues(parsed.error.issues, Settings).map(({ path, key, reason }) => ({
      at: offsetOf(document, path, key),
      reason,
    })),
  )
}

/** Every complaint once, in the order of the file; a text that is wrong throughout is cut short. */
function refusal(
  source: SettingsSource,
  lines: LineCounter,
  found: readonly Found[],
): Read<Settings> {
  const lastLine = Math.max(1, splitLines(source.text).length)
  const complaints = new Map<string, Complaint & { readonly line: number }>()
  for (const { at, reason } of found) {
    const line = Math.min(lines.linePos(at).line, lastLine)
    complaints.set(`${line} ${reason}`, { file: source.path, line, reason })
  }
  const sorted = [...complaints.values()].sort((a, b) => a.line - b.line)
  return { ok: false, complaints: sorted.slice(0, MAX_COMPLAINTS) }
}

/** Null when the text is nested so deeply that reading it runs out of stack. */
function parseYaml(text: string, lineCounter: LineCounter): Document | null {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, schema: 'core' })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function findDangers(document: Document): readonly Found[] {
  const found: Found[] = []
  let aliases = 0
  visit(document, {
    Node(_, node, path) {
      if (path.length > 2 * MAX_DEPTH) {
        found.push({ at: start(node), reason: 'nested too deeply' })
        return visit.BREAK
      }
      if (isAlias(node)) {
        aliases += 1
        const unknown = node.resolve(document) === undefined
        if (unknown) found.push({ at: start(node), reason: 'an alias without its anchor' })
      }
      if (aliases > MAX_ALIASES) {
        found.push({ at: start(node), reason: `more than ${MAX_ALIASES} aliases` })
        return visit.BREAK
      }
      return undefined
    },
    Pair(_, { key }) {
      const name = isScalar(key) ? key.value : null
      if (typeof name !== 'string' && isNode(key)) {
        found.push({ at: start(key), reason: 'a key must be a plain word' })
      } else if (isNode(key) && RESERVED_KEYS.has(String(name))) {
        found.push({ at: start(key), reason: `the key "${name}" is not allowed` })
      }
    },
  })
  return found
}

/** A section whose keys are all commented out reads as null and means that nothing is set. */
function withoutEmptySections(value: unknown): unknown {
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null))
}

/** Where a complaint points: at the named key of a map, else at the value, else at its parent. */
function offsetOf(document: Document, path: readonly PropertyKey[], key: string | null): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  if (key !== null && isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key)
    if (isNode(pair?.key)) return start(pair.key)
  }
  if (isNode(node)) return start(node)
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1), null)
}

function start(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}

function isNull(node: unknown): boolean {
  return isScalar(node) && node.value === null
}

function firstSentence(message: string): string {
  if (message.startsWith('Maximum call stack')) return 'nested too deeply'
  return clip(escapeLine(message.split(/[\n;]/)[0] ?? message), 200)
}

/** The settings that hold: as they are written, or what holds where nothing can be read. */
export function settingsOf(written: SettingsSource | null): Settings {
  if (written === null) return DEFAULT_SETTINGS
  const read = parseSettings(written)
  return read.ok ? read.value : settingsDespite(written)
}

/** The key, however it was misspelled, on any line that is not all comment. */
const SPEAKS_OF_MODEL = /^(?![ \t]*#).*model/im

/**
 * What holds where a settings file has mistakes: the defaults. A file that speaks of the model is
 * believed to switch it off, and so is one that cannot be read, because nobody can say that it did
 * not, and what was sent stays sent.
 */
function settingsDespite({ text, unreadable }: SettingsSource): Settings {
  return unreadable !== undefined || SPEAKS_OF_MODEL.test(text)
    ? { ...DEFAULT_SETTINGS, model: { mode: 'off' } }
    : DEFAULT_SETTINGS
}
