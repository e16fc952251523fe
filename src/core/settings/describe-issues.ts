import type * as z from 'zod'
import { escapeLine } from '#core/text/hidden-characters'
import { clip } from '#core/text/lines'
import { nearest } from '#core/text/nearest'

/** One thing that is wrong with a value, and where. `key` is an unknown key of the map at `path`. */
export interface DescribedIssue {
  readonly path: readonly PropertyKey[]
  readonly key: string | null
  readonly reason: string
}

/** Says each issue of zod in words for the person who wrote the value. */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
): readonly DescribedIssue[] {
  return issues.flatMap((issue): DescribedIssue[] => {
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, issue.path)
      return issue.keys.map((key) => ({ path: issue.path, key, reason: unknownKey(key, known) }))
    }
    return [{ path: issue.path, key: null, reason: `${dotted(issue.path)}: ${expectation(issue)}` }]
  })
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearest(key, known)
  const hint = near === null ? '' : `; did you mean "${near}"?`
  return `unknown key "${shown(key)}"${hint}`
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.input === undefined) return 'is missing'
  const allowed = allowedValues(issue)
  if (allowed.length > 0) {
    const got = typeof issue.input === 'string' ? issue.input : null
    const near = got === null ? null : nearest(got, allowed)
    const hint = near === null ? '' : `; did you mean "${near}"?`
    return `must be one of ${allowed.join(', ')}${hint}`
  }
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`
    case 'too_small':
      return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit(issue.origin)}`
    case 'too_big':
      return `must be at most ${issue.maximum}${unit(issue.origin)}`
    default:
      return issue.message
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'keys and values',
  record: 'keys and values',
  string: 'text',
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' items' : ''
}

/** The words that a choice accepts; a union of choices accepts those of each. */
function allowedValues(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  if (issue.code !== 'invalid_union') return []
  return issue.errors.flat().flatMap(allowedValues)
}

/** The keys of the map that stands at a path of a schema. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = schema
  for (const step of path) {
    at = unwrapped(at)
    const shape = property(at, 'shape')
    at = typeof step === 'number' ? property(at, 'element') : property(shape, step)
  }
  const shape = property(unwrapped(at), 'shape')
  return typeof shape === 'object' && shape !== null ? Object.keys(shape) : []
}

/** Without the wrappers that give a default. */
function unwrapped(schema: unknown): unknown {
  const inner = property(property(schema, 'def'), 'innerType')
  return inner === undefined ? schema : unwrapped(inner)
}

function property(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function dotted(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((all, step) => {
    if (typeof step === 'number') return `${all}[${step}]`
    return all === '' ? String(step) : `${all}.${String(step)}`
  }, '')
  return shown(text)
}

function shown(text: string): string {
  return clip(escapeLine(text), 100)
}
