import type { Complaint } from '#core/problem'
import { complaintLine } from '#core/problem'
import { fitParts } from '#core/render/fit-parts'
import { codeSpan } from '#core/render/safe-markdown'
import { SETTINGS_PATH } from '#core/settings/settings'
import type { EffectiveSetting } from '#core/settings/settings-lines'
import { clip } from '#core/text/lines'

/** What `config` speaks about. */
export interface ConfigParts {
  readonly settings: readonly EffectiveSetting[]
  /** What is wrong with the settings file; then it counts for nothing. */
  readonly complaints: readonly Complaint[]
  /** What is wrong with provider packs that the settings name; each is left out. */
  readonly unusedPacks: readonly Complaint[]
  /** Whether there is a settings file. */
  readonly written: boolean
  /** Things that the operator or the repository decides elsewhere: what holds, and where from. */
  readonly others: readonly {
    readonly what: string
    readonly value: string
    readonly from: string
  }[]
}

const MAX_VALUE = 120

/** The answer to `config`: what holds, what differs from the defaults first, and where it is from. */
export function configAnswer(parts: ConfigParts): string {
  const { settings, complaints, unusedPacks, written, others } = parts
  const own = settings.filter(({ line }) => line !== null)
  const defaults = settings.filter(({ line }) => line === null)
  return fitParts([
    headline(own.length, complaints, written),
    complaintList(complaints),
    unusedPacks.length === 0 ? '' : 'Provider packs that are not used:',
    complaintList(unusedPacks),
    table([
      ...own.map((one) => [
        one.key,
        valueWords(one.value),
        codeSpan(`${SETTINGS_PATH}:${one.line ?? 1}`),
      ]),
      ...others.map(({ what, value, from }) => [what, value, from]),
    ]),
    folded(
      `${defaults.length} defaults`,
      table(defaults.map(({ key, value }) => [key, valueWords(value), 'default'])),
    ),
  ])
}

function complaintList(complaints: readonly Complaint[]): string {
  return complaints.map((one) => `- ${codeSpan(clip(complaintLine(one), 300))}`).join('\n')
}

function headline(own: number, complaints: readonly Complaint[], written: boolean): string {
  const file = codeSpan(SETTINGS_PATH)
  if (complaints.length > 0)
    return `${file} on the default branch has mistakes, so that the defaults hold:`
  if (!written) return `There is no ${file} on the default branch, so that the defaults hold.`
  return own === 0
    ? `${file} on the default branch sets nothing.`
    : `These settings hold; those of ${file} are read from the default branch.`
}

function table(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const lines = rows.map(
    ([key = '', value = '', from = '']) =>
      `| ${cell(codeSpan(key))} | ${cell(value)} | ${cell(from)} |`,
  )
  return ['| setting | value | from |', '|---|---|---|', ...lines].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

function folded(title: string, text: string): string {
  return text === '' ? '' : `<details><summary>${title}</summary>\n\n${text}\n\n</details>`
}

function valueWords(value: unknown): string {
  if (value === undefined) return 'by the visibility of the repository'
  if (value === '' || (Array.isArray(value) && value.length === 0)) return 'nothing'
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    return 'nothing'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return codeSpan(clip(text, MAX_VALUE))
}
