/** Languages that have fact packs. Which of them rules judge, the rules say. */
export const LANGUAGES = [
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'kotlin',
  'ruby',
  'php',
  'csharp',
  'rust',
] as const
export type Language = (typeof LANGUAGES)[number]

/** What fact packs can see. Each kind is a file `facts/<language>/<kind>.yml`. */
export const FACT_KINDS = [
  'acknowledgement',
  'body-read',
  'call',
  'catch-block',
  'client-construction',
  'declared-name',
  'durable-write',
  'environment-key',
  'function',
  'import',
  'jwt',
  'log-call',
  'loop',
  'outbound-call',
  'response-status-check',
  'route-handler',
  'secret-comparison',
  'signature-check',
  'webhook-function',
] as const
export type FactKind = (typeof FACT_KINDS)[number]

/**
 * The kinds that the inventory is made of; every language has them. `call` is every call with a
 * name and `declared-name` every name with a type: too many to read where nobody asks for them.
 */
export const INVENTORY_KINDS = [
  'call',
  'client-construction',
  'declared-name',
  'environment-key',
  'function',
  'import',
  'route-handler',
] as const satisfies readonly FactKind[]

/** What the matrix reads besides: handlers whose route stands in another file, and what they do. */
const MATRIX_KINDS = [
  'acknowledgement',
  'body-read',
  'durable-write',
  'signature-check',
  'webhook-function',
] as const satisfies readonly FactKind[]

/**
 * What facts are read for: `rules` leaves out what only the inventory asks for, `matrix` takes what
 * the inventory asks for and more, `review` is for all of them at once.
 */
export type FactUse = 'rules' | 'inventory' | 'matrix' | 'review'

const ONLY_INVENTORY: ReadonlySet<string> = new Set<FactKind>(['call', 'declared-name'])
const INVENTORY: ReadonlySet<string> = new Set<FactKind>(INVENTORY_KINDS)
const MATRIX: ReadonlySet<string> = new Set<FactKind>([...INVENTORY_KINDS, ...MATRIX_KINDS])

/** Whether facts of a kind are read for a use. */
export function isReadFor(kind: Fact['kind'], use: FactUse): boolean {
  if (use === 'review') return true
  if (use === 'rules') return !ONLY_INVENTORY.has(kind)
  return (use === 'inventory' ? INVENTORY : MATRIX).has(kind)
}

/** The enclosing function, method or class of a fact. Lines are 1-based, the end inclusive. */
export interface Scope {
  readonly name: string | null
  readonly startLine: number
  readonly endLine: number
}

/** A place in a file: lines are 1-based and inclusive, offsets count UTF-16 units, the end exclusive. */
export interface Span {
  readonly line: number
  readonly endLine: number
  readonly start: number
  readonly end: number
}

/**
 * Something that source code says about an integration, without judgement: an outbound call, a
 * signature check, a log call. `kind` is a fact kind, or `rule:<id>` for a match of a pattern rule.
 * `captures` are the named parts of the match, such as the callee, the URL or the binding, and
 * `spans` says where they stand. `args` are the arguments of a call, without commas and comments.
 */
export interface Fact extends Span {
  readonly kind: FactKind | `rule:${string}`
  /** The id of the ast-grep rule that matched, within its pack or rule. */
  readonly by: string
  readonly path: string
  readonly language: Language
  readonly text: string
  readonly scope: Scope | null
  readonly captures: Readonly<Record<string, string>>
  readonly spans: Readonly<Record<string, Span>>
  readonly args: readonly string[]
}
