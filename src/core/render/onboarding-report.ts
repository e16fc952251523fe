import type { Finding } from '#core/findings/finding'
import { proofVerb } from '#core/findings/guess'
import { type Integration, type Inventory, UNADDRESSED } from '#core/inventory/inventory'
import type { Rows } from '#core/matrix/build-matrix'
import {
  CALL_COLUMNS,
  type Cell,
  type CellState,
  HANDLER_COLUMNS,
  type HandlerRow,
} from '#core/matrix/matrix'
import { memoryFolder } from '#core/memory/memory'
import type { Risk } from '#core/onboarding/group-risks'
import { CALL_WORDS, CELL_EMOJI, HANDLER_WORDS } from '#core/render/matrix-words'
import { integrationSection } from '#core/render/onboarding-integrations'
import { cell, filledTable, type Link, linker } from '#core/render/onboarding-table'
import { codeBlock, codeSpan, safeInline, safeMarkdown } from '#core/render/safe-markdown'
import { countWords } from '#core/render/verdict'
import { SETTINGS_PATH } from '#core/settings/settings'
import { byteLength, clip } from '#core/text/lines'

/** What an onboarding pull request tells the people of a repository. */
export interface OnboardingParts {
  /** `https://github.com/o/r` or its counterpart on an enterprise server. */
  readonly webUrl: string
  /** The commit of the default branch that everything was read at. */
  readonly commit: string
  readonly agent: string
  readonly integrations: readonly Integration[]
  readonly rows: Rows
  readonly risks: readonly Risk[]
  readonly unread: Inventory['unread']
  /** How many facts the first memory holds. */
  readonly facts: number
  /** Whether Claude reviews too. */
  readonly asksModel: boolean
  readonly tool: { readonly name: string; readonly version: string }
}

export const ONBOARDING_TITLE = 'Introduce the integrations tech lead'

/** GitHub's own limit is 65,536 characters. Bytes. */
const MAX_BODY = 60_000
const MAX_RISKS = 5
const MAX_HANDLERS = 10
const MAX_PLACES = 4
const MAX_TEXT = 1_500

/** The body of an onboarding pull request: what it brings, what was seen, and what is at risk. */
export function onboardingBody(parts: OnboardingParts): string {
  const sections = [
    opening(parts),
    integrationSection(parts),
    riskSection(parts),
    protectionSection(parts),
    unreadSection(parts),
    footer(parts),
  ]
  let free = MAX_BODY
  const kept = sections.filter((section) => {
    free -= byteLength(section) + 2
    return section !== '' && free > 0
  })
  return kept.join('\n\n')
}

function opening({ agent, facts, asksModel }: OnboardingParts): string {
  const folder = `${memoryFolder(agent)}/`
  const who = asksModel ? 'rules, and by Claude with their evidence at hand' : 'deterministic rules'
  return [
    `From now on, pull requests that touch integration code (webhooks, API clients, OAuth, payments, queues) are reviewed here by ${who}. Reviews work whether you merge this or not.`,
    '**Merging adds two things**, and changes no line of your code:',
    [
      `- \`${SETTINGS_PATH}\`: the settings. All of it is commented out, so the defaults hold until you change one.`,
      `- \`${folder}\`: what the lead remembers about this repository, ${countWords(facts, 'fact')} to start with. Each cites the line that it was read from. It is plain markdown: edit or delete what is wrong, and it stays that way.`,
    ].join('\n'),
    'What reviews learn while this is open is added to its branch. Closing this adds nothing, and no second one is opened.',
  ].join('\n\n')
}

function riskSection({ risks, webUrl, commit }: OnboardingParts): string {
  if (risks.length === 0)
    return '### Risks that are already there\n\nThe rules found nothing of medium severity or above in the integration code.'
  const shown = risks.slice(0, MAX_RISKS)
  const rest = risks.length - shown.length
  const link = linker(webUrl, commit)
  const which =
    rest === 0
      ? 'What the rules found'
      : `The ${shown.length} most serious kinds of what the rules found`
  return [
    '### Risks that are already there',
    `${which} in the code as it stands today. Nothing has to be done for this pull request: reviews speak of new code only.`,
    ...shown.map((risk, index) => riskEntry(risk, index + 1, webUrl, link)),
    rest === 0
      ? ''
      : `${countWords(rest, 'more kind')} of finding: \`npx tech-lead review\` lists what a change touches.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function riskEntry({ finding, others }: Risk, number: number, webUrl: string, link: Link): string {
  const title = safeInline(clip(finding.title, 200), webUrl)
  const places = others.slice(0, MAX_PLACES).map((other) => link(other))
  const more = others.length - places.length
  const also =
    others.length === 0
      ? ''
      : `Also ${places.join(', ')}${more > 0 ? ` and ${countWords(more, 'more place')}` : ''}.`
  const evidence = finding.evidence
    .filter(({ path }) => path === finding.path)
    .map(({ line, text }) => `${line} │ ${text}`)
  const details = [
    codeBlock(clip(evidence.join('\n'), MAX_TEXT), ''),
    paragraph(finding.body, webUrl),
    `**Fix:** ${paragraph(finding.fix, webUrl)}`,
  ].join('\n\n')
  return [
    `${number}. **${title}**  `,
    `   ${finding.severity}, ${proofWords(finding)}, ${link(finding)}  `,
    `   ${paragraphLine(finding.scenario, webUrl)}${also === '' ? '' : `  \n   ${also}`}`,
    '',
    indented(`<details><summary>The code and a fix</summary>\n\n${details}\n\n</details>`),
  ].join('\n')
}

function proofWords(finding: Finding): string {
  const by = finding.rule === null ? 'a rule' : `\`${finding.rule}\``
  return `${proofVerb(finding)} by ${by}`
}

const paragraph = (text: string, webUrl: string) => safeMarkdown(clip(text, MAX_TEXT), webUrl)
const paragraphLine = (text: string, webUrl: string) => safeInline(clip(text, MAX_TEXT), webUrl)
const indented = (text: string) => text.replaceAll(/^(?=.)/gm, '   ')

function protectionSection(parts: OnboardingParts): string {
  const counts = Map.groupBy(parts.rows.calls, ({ integration }) => integration)
  const callsOf = ({ integration }: { readonly integration: string }) =>
    counts.get(integration)?.length ?? 0
  const calls = parts.rows.calls
    .filter(({ integration }) => integration !== UNADDRESSED)
    .toSorted((a, b) => kindOrder(a) - kindOrder(b) || callsOf(b) - callsOf(a))
  const handlers = parts.rows.handlers.filter(isWebhook)
  if (calls.length + handlers.length === 0) return ''
  const link = linker(parts.webUrl, parts.commit)
  const lines = CALL_COLUMNS.flatMap((column) =>
    countLine(
      CALL_WORDS[column].name,
      calls.map((row) => ({ row, cell: row.cells[column] })),
      link,
    ),
  )
  const count = { align: '--:', empty: '0' }
  const table = filledTable(
    [
      { head: 'calls' },
      ...['✅', '❌', '❔'].map((head) => ({ ...count, head })),
      { head: 'lacks it, for one' },
    ],
    lines,
  )
  return [
    '### What protects them',
    `${[calls.length === 0 ? '' : countWords(calls.length, 'call'), handlers.length === 0 ? '' : countWords(handlers.length, 'webhook handler')].filter((words) => words !== '').join(' and ')}. ✅ read in the code, ❌ missing, ❔ the code at hand does not tell; what needs no such protection is not counted.`,
    table,
    handlerTable(handlers, link),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** A route that nobody is known to call, and that checks no sender, may be no webhook at all. */
function isWebhook({ integration, cells }: HandlerRow): boolean {
  return integration !== UNADDRESSED || cells.signature.state === 'protected'
}

/** Known providers come first, those with the most calls before all: theirs are the examples that people recognise. */
function kindOrder({ integration }: { readonly integration: string }): number {
  return integration.includes(':') ? 1 : 0
}

function countLine(
  name: string,
  rows: readonly { readonly row: { path: string; line: number }; readonly cell: Cell }[],
  link: Link,
): readonly (readonly string[])[] {
  const count = (state: CellState) => rows.filter(({ cell }) => cell.state === state).length
  const [has, lacks, unknown] = [count('protected'), count('missing'), count('unknown')]
  if (has + lacks + unknown === 0) return []
  const example = rows.find(({ cell }) => cell.state === 'missing')
  const where = example === undefined ? '' : link(example.row)
  return [[name, String(has), String(lacks), String(unknown), where]]
}

function handlerTable(handlers: readonly HandlerRow[], link: Link): string {
  if (handlers.length === 0) return ''
  const names = HANDLER_COLUMNS.map((column) => HANDLER_WORDS[column].name)
  const rows = handlers.slice(0, MAX_HANDLERS).map((row) => {
    const signs = HANDLER_COLUMNS.map((column) => CELL_EMOJI[row.cells[column].state])
    return [`${cell(row.what)}<br>${link(row)}`, ...signs]
  })
  const rest = handlers.length - rows.length
  return [
    filledTable(
      [
        { head: 'webhook' },
        ...names.map((head) => ({ head, align: ':-:', empty: CELL_EMOJI['not-needed'] })),
      ],
      rows,
    ),
    rest > 0 ? `and ${countWords(rest, 'more handler')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function unreadSection({ unread }: OnboardingParts): string {
  const { languages, files } = unread
  const said = [
    languages.length === 0 ? '' : `code in ${languages.slice(0, 10).join(', ')}`,
    files.length === 0 ? '' : `${countWords(files.length, 'file')} that could not be read`,
  ].filter((words) => words !== '')
  return said.length === 0 ? '' : `Not looked at: ${said.join(', and ')}.`
}

function footer({ tool, commit }: OnboardingParts): string {
  return [
    '### Talking to it',
    'On a pull request, `/tech-lead review` asks for a review and `/tech-lead help` lists what else it does. A line with `tech-lead-ignore <rule> -- reason` in a comment silences one place.',
    `<sub>${tool.name} ${tool.version} · read at ${codeSpan(commit.slice(0, 12))}</sub>`,
  ].join('\n\n')
}
