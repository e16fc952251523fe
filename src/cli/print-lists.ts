import type { Entry, Knowledge, Operations, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'
import { type Complaint, complaintLine, Problem } from '#core/problem'
import { type Paint, painter } from '#core/render/paint'
import type { PullName } from '#core/render/planned-writes'
import { escapeHidden, escapeLine } from '#core/text/hidden-characters'
import { nearest } from '#core/text/nearest'
import { wrapText } from '#core/text/wrap'
import type { Check } from '#wiring/check'

/** Prints a list in columns, or says that it is empty. */
export async function printEntries(
  entries: readonly Entry[],
  streams: Streams,
  empty: string,
): Promise<number> {
  const rows = entries.map(({ id, columns, title }) => [id, ...columns, title].map(escapeLine))
  const count = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  await streams.out(`${lines.length === 0 ? empty : lines.join('\n')}\n`)
  return EXIT.done
}

/** Prints one thing in full. Throws Problem, with the id that was meant, when there is none. */
export async function printOne(
  question: {
    readonly kind: string
    readonly id: string
    readonly explain: (id: string) => Promise<string | null>
    readonly all: () => Promise<readonly Entry[]>
  },
  streams: Streams,
): Promise<number> {
  const text = await question.explain(question.id)
  if (text === null) {
    const near = nearest(
      question.id,
      (await question.all()).map(({ id }) => id),
    )
    const hint = near === null ? '' : ` Did you mean "${escapeLine(near)}"?`
    const message = `There is no ${question.kind} "${escapeLine(question.id)}".${hint}`
    throw new Problem('cli.unknown-id', 'told', message)
  }
  await streams.out(`${escapeHidden(text).trimEnd()}\n`)
  return EXIT.done
}

/** Prints the plan of a review. Throws Problem where none is kept. */
export async function printPlan(
  { owner, name, pull }: PullName,
  text: string | null,
  streams: Streams,
): Promise<number> {
  if (text === null) {
    const message = `No plan of ${owner}/${name}#${pull} is kept: no review of it got that far, or it is too long ago.`
    throw new Problem('cli.unknown-id', 'told', message)
  }
  await streams.out(`${escapeHidden(text).trimEnd()}\n`)
  return EXIT.done
}

/** Runs the examples of all rules; exit code 1 when one does not behave as it says. */
export async function runRuleTests(knowledge: Knowledge, streams: Streams): Promise<number> {
  const { passed, failures } = await knowledge.testRules(streams.progress)
  streams.progress('')
  const lines = failures.map(({ id, reason }) => escapeLine(`${id}: ${reason}`))
  await streams.out([...lines, `${passed} passed, ${failures.length} failed`, ''].join('\n'))
  return failures.length === 0 ? EXIT.done : EXIT.findings
}

/** Prints each complaint about files of knowledge on its line; the exit code is `bad` when there is one. */
export async function printComplaints(
  complaints: readonly Complaint[],
  streams: Streams,
  { good, bad }: { readonly good: string; readonly bad: number },
): Promise<number> {
  const lines = complaints.map((complaint) => escapeLine(complaintLine(complaint)))
  await streams.out(`${lines.length === 0 ? good : lines.join('\n')}\n`)
  return lines.length === 0 ? EXIT.done : bad
}

/** Prints what was done to a job. Throws Problem when nothing could be done. */
export async function printJobChange(
  change: { readonly id: string; readonly done: boolean; readonly verb: 'replayed' | 'discarded' },
  streams: Streams,
): Promise<number> {
  const id = escapeLine(change.id)
  if (!change.done) {
    const message = `No job "${id}" can be ${change.verb}: see tech-lead jobs list.`
    throw new Problem('cli.unknown-id', 'told', message)
  }
  await streams.out(`${id} ${change.verb}\n`)
  return EXIT.done
}

const MARKS = {
  ok: ['good', 'ok'],
  warns: ['medium', 'warns'],
  fails: ['critical', 'fails'],
  skipped: ['dim', 'skips'],
} as const satisfies Record<Check['state'], readonly [Parameters<Paint>[0], string]>
const MARK_COLUMNS = 7

/** Prints every check of the installation; exit code 2 when one fails. */
export async function runDoctor(operations: Operations, streams: Streams): Promise<number> {
  const paint = painter(streams.colour)
  const checks = await operations.doctor()
  const column = Math.max(0, ...checks.map(({ id }) => id.length)) + 2
  const lines = checks.flatMap(({ state, id, detail, hint }) => {
    const said = detail.split('\n').concat(hint === null ? [] : `Do: ${hint}`)
    const room = streams.width - MARK_COLUMNS - column
    const wrapped = said.flatMap((text) => wrapText(escapeLine(text), room))
    const [style, word] = MARKS[state]
    const mark = paint(style, word) + ' '.repeat(MARK_COLUMNS - word.length)
    const start = mark + escapeLine(id).padEnd(column)
    const below = ' '.repeat(MARK_COLUMNS + column)
    return wrapped.map((line, index) => (index === 0 ? start : below) + line)
  })
  await streams.out(`${lines.join('\n')}\n`)
  return checks.some(({ state }) => state === 'fails') ? EXIT.error : EXIT.done
}
