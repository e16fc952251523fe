import { estimateTokens } from '#core/agent/estimate-tokens'
import type { Fence } from '#core/agent/fence'
import { matrixRows } from '#core/agent/matrix-rows'
import { excerptsAround, showExcerpts } from '#core/agent/surrounding-code'
import type { FileDiff } from '#core/diff/diff'
import type { Selection } from '#core/filter/selection'
import type { Integration, InventoryChange } from '#core/inventory/inventory'
import type { MatrixDelta } from '#core/matrix/matrix'
import type { Code } from '#core/rules/code'
import { clip } from '#core/text/lines'

/** What the deterministic parts know around a change, for a reviewer who judges it. */
export interface Background {
  /** The files of the change and those that they import, at the head, with their facts. */
  readonly code: Code
  readonly matrix: MatrixDelta
  readonly inventory: readonly InventoryChange[]
  /** The integrations of the changed files as the change leaves them. */
  readonly integrations: readonly Integration[]
  /** What is documented of a provider, as text; empty where nothing is known. */
  readonly sheetOf: (provider: string) => string
}

/** Nothing is known. */
export const NO_BACKGROUND: Background = {
  code: { files: new Map() },
  matrix: { calls: [], handlers: [] },
  inventory: [],
  integrations: [],
  sheetOf: () => '',
}

/** The parts of a background as they stand in a prompt, each empty where there is nothing to say. */
export interface ShownBackground {
  readonly matrix: string
  readonly providers: string
  readonly inventory: string
  readonly code: string
}

interface Wanted {
  readonly background: Background
  readonly files: readonly FileDiff[]
  readonly selection: Selection
  readonly fence: Fence
  readonly redact: (text: string) => string
  /** By a safe estimate. */
  readonly tokens: number
}

/** What each part may take of the whole; what one leaves goes to the next, the code takes the rest. */
const MATRIX_SHARE = 0.4
const PROVIDER_SHARE = 0.5
const INVENTORY_SHARE = 0.3
const MAX_PROVIDERS = 6
/** Longer rows repeat themselves; a sheet about a provider is cut where it is made. Characters. */
const MAX_ROW = 1_600

/** Fits the background of some files into a budget, the parts that decide most first. */
export function showBackground(wanted: Wanted): ShownBackground {
  const { background, files, fence, redact } = wanted
  const paths = new Set(files.map(({ path }) => path))
  let left = wanted.tokens
  const part = (label: string, rows: readonly string[], share: number): string => {
    const kept = fitting(
      rows.map((row) => clip(redact(row), MAX_ROW)),
      left * share,
    )
    if (kept.length === 0) return ''
    const text = fence.wrap(label, kept.join('\n'))
    left -= estimateTokens(text)
    return text
  }
  const matrix = part(
    'what protects the calls and handlers that this change touches, read in the code',
    matrixRows(background.matrix, paths),
    MATRIX_SHARE,
  )
  const providers = part(
    'documented facts about the providers concerned; what is not listed is not known',
    providersOf(wanted.selection).flatMap((id) => background.sheetOf(id) || []),
    PROVIDER_SHARE,
  )
  const inventory = part(
    'the integrations of these files: what the change adds and removes, and what they stand on',
    [...standingIn(background.integrations, paths), ...changesIn(background.inventory, paths)],
    INVENTORY_SHARE,
  )
  const code = showExcerpts(
    excerptsAround(files, background.code),
    { files, code: background.code },
    { tokens: Math.max(0, left), redact },
  )
  return {
    matrix,
    providers,
    inventory,
    code: code
      .map(({ path, text }) => fence.wrap(`code around the change, at the head: ${path}`, text))
      .join('\n\n'),
  }
}

function fitting(rows: readonly string[], tokens: number): readonly string[] {
  let left = tokens
  const index = rows.findIndex((row) => {
    left -= estimateTokens(row) + 1
    return left < 0
  })
  if (index === -1) return rows
  const more = rows.length - index
  return index === 0 ? [] : [...rows.slice(0, index), `${more} more are not listed.`]
}

/** The providers of the selected files, the most frequent first. */
function providersOf(selection: Selection): readonly string[] {
  const all = selection.flatMap(({ decision, providers }) =>
    decision === 'selected' ? providers : [],
  )
  return [...Map.groupBy(all, (id) => id)]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MAX_PROVIDERS)
    .map(([id]) => id)
}

function changesIn(
  changes: readonly InventoryChange[],
  paths: ReadonlySet<string>,
): readonly string[] {
  return changes
    .filter(({ path }) => paths.has(path))
    .map(({ change, what, name, text, path, line }) => {
      const side = change === 'added' ? 'head' : 'base'
      return `${change} ${what}: ${text} (${name}), ${path}:${line} at the ${side}`
    })
}

/** What does not change and matters: how clients are set up, and which versions are in use. */
function standingIn(
  integrations: readonly Integration[],
  paths: ReadonlySet<string>,
): readonly string[] {
  const touched = integrations.filter(({ sites }) => sites.some(({ path }) => paths.has(path)))
  return touched.flatMap(({ name, sdks, clients, apiVersions, checks }) => {
    const parts = [
      ...sdks.map(
        (sdk) => `SDK ${sdk.ecosystem} ${sdk.package} ${sdk.locked ?? sdk.declared ?? ''}`,
      ),
      ...apiVersions.map(({ version, path, line }) => `API version ${version} ${path}:${line}`),
      ...clients.map(
        ({ name: client, settings, path, line }) =>
          `client ${client} (${settings.length === 0 ? 'no timeout or retry set' : settings.join(', ')}) ${path}:${line}`,
      ),
      ...checks.map(({ call, path, line }) => `sender checked by ${call} ${path}:${line}`),
    ]
    return parts.length === 0 ? [] : [`${name}: ${parts.join('; ')}`]
  })
}
