import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Complaint, Read } from '#core/problem'

type Path = readonly PropertyKey[]

/** A parsed YAML text together with the way back from a value's path to its line. */
export interface YamlText {
  readonly value: unknown
  /** 1-based line of the value at `path`, or of the nearest enclosing value that exists. */
  lineOf(path: Path): number
  /** 1-based line of the key `key` of the mapping at `path`. */
  lineOfKey(path: Path, key: string): number
}

/** Aliases are a way to make a small file huge; nobody needs them in our files. */
const NO_ALIASES = { maxAliasCount: 0 }

/** Parses YAML 1.2 (core schema) without ever throwing; duplicate keys and aliases are refused. */
export function readYaml(text: string, file: string): Read<YamlText> {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false })
  if (document.errors.length > 0) {
    const complaints = document.errors.map((error) => ({
      file,
      line: counter.linePos(error.pos[0]).line,
      reason: `not valid YAML: ${firstLine(error.message)}`,
    }))
    return { ok: false, complaints }
  }
  try {
    const value: unknown = document.toJS(NO_ALIASES)
    return { ok: true, value: locate(document, counter, value) }
  } catch (error) {
    const reason = error instanceof Error ? firstLine(error.message) : 'cannot be resolved'
    return { ok: false, complaints: [{ file, line: null, reason: `not valid YAML: ${reason}` }] }
  }
}

/** The same of a text whose value is known: it is parsed only for who asks for a line. */
export function knownYaml(text: string, file: string, value: unknown): Read<YamlText> {
  let read: Read<YamlText> | null = null
  const yaml = () => {
    read ??= readYaml(text, file)
    return read.ok ? read.value : null
  }
  const lineOf = (path: Path) => yaml()?.lineOf(path) ?? 1
  const lineOfKey = (path: Path, key: string) => yaml()?.lineOfKey(path, key) ?? 1
  return { ok: true, value: { value, lineOf, lineOfKey } }
}

/** What a zod schema has against a YAML value, each on its line, unknown keys one by one. */
export function yamlComplaints(
  error: z.ZodError,
  yaml: YamlText,
  file: string,
): readonly Complaint[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        file,
        line: yaml.lineOfKey(issue.path, key),
        reason: `${named([...issue.path, key])}: unknown key`,
      }))
    }
    return [
      { file, line: yaml.lineOf(issue.path), reason: `${named(issue.path)}: ${issue.message}` },
    ]
  })
}

function locate(document: Document, counter: LineCounter, value: unknown): YamlText {
  const lineAt = (offset: number | undefined) =>
    offset === undefined ? 1 : counter.linePos(offset).line
  const nodeAt = (path: Path): unknown =>
    path.length === 0 ? document.contents : document.getIn(path, true)
  const lineOf = (path: Path): number => {
    const node = nodeAt(path)
    if (isNode(node)) return lineAt(node.range?.[0])
    return path.length === 0 ? 1 : lineOfKey(path.slice(0, -1), String(path.at(-1)))
  }
  const lineOfKey = (path: Path, key: string): number => {
    const parent = nodeAt(path)
    const pair = isMap(parent)
      ? parent.items.find((item) => isNode(item.key) && String(item.key) === key)
      : undefined
    return pair && isNode(pair.key) ? lineAt(pair.key.range?.[0]) : lineOf(path)
  }
  return { value, lineOf, lineOfKey }
}

const named = (path: Path) => (path.length === 0 ? 'the file' : path.map(String).join('.'))
const firstLine = (text: string) => text.split('\n', 1)[0] ?? text
