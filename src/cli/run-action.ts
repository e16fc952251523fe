import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import { type ActionEvent, type ActionInputs, readEvent, readInputs } from '#cli/action-inputs'
import type { ReviewLocally, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'
import { exitCodeOf } from '#cli/review-command'
import { checkOutput, writeOutput } from '#cli/write-output'
import type { RepositoryRef } from '#core/job/job'
import { Problem } from '#core/problem'
import { htmlReport } from '#core/render/html-report'
import { jsonReport } from '#core/render/json-report'
import { markdownReport } from '#core/render/markdown-report'
import { sarifReport } from '#core/render/sarif-report'
import { terminalReport } from '#core/render/terminal-report'
import { annotations, command } from '#core/render/workflow-commands'
import type { Report } from '#core/report/report'

/** Reviews a pull request on GitHub and says there what was found; `say` is told what went wrong. */
export type ReviewWithToken = (
  of: {
    readonly host: { readonly apiUrl: string; readonly webUrl: string }
    readonly token: string
    readonly repository: RepositoryRef
    readonly pull: number
    readonly reviewer: ActionInputs['reviewer']
    readonly markerKey: string | null
  },
  say: (because: string) => void,
) => Promise<{ readonly report: Report; readonly said: boolean }>

/** A step of a workflow: its environment, and the reviews it may ask for. */
export interface ActionWorld {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly streams: Pick<Streams, 'out' | 'err' | 'width' | 'columns' | 'colour' | 'progress'>
  readonly reviewLocally: () => Promise<ReviewLocally>
  readonly reviewWithToken: () => Promise<ReviewWithToken>
}

/**
 * One step of a GitHub workflow: reviews what the event is about, writes the files that were asked
 * for and the job summary, and says the findings on the pull request where the token allows it,
 * else as annotations. The exit codes are those of `tech-lead review`.
 */
export async function runAction(world: ActionWorld): Promise<number> {
  const { streams } = world
  try {
    const inputs = readInputs(world.environment)
    const event = await readEvent(world.environment)
    const files = [inputs.sarifFile, inputs.htmlFile, inputs.jsonFile]
    for (const file of files) await checkOutput(file)
    const { report, said } = await review(world, inputs, event)
    await writeFiles(world, inputs, report)
    await tellRunner(world, report, said)
    return exitCodeOf(report, inputs.failOn)
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
    await streams.out(command('error', failure.message, { title: 'Integrations Tech Lead' }))
    return EXIT.error
  }
}

interface Reviewed {
  readonly report: Report
  /** Whether the pull request carries the findings. */
  readonly said: boolean
}

async function review(
  world: ActionWorld,
  inputs: ActionInputs,
  event: ActionEvent,
): Promise<Reviewed> {
  const { streams } = world
  const { pull, repository } = event
  const { token, comments, reviewer, base, head, markerKey } = inputs
  const named = base !== null || head !== null
  if (pull === null || repository === null || named || token === null || comments === 'never')
    return reviewCheckout(world, inputs, event)
  const host = hostOf(world.environment)
  const notice = (text: string) => void streams.out(command('notice', text))
  try {
    const reviewPull = await world.reviewWithToken()
    const place = { host, repository, pull: pull.number }
    return await reviewPull({ ...place, token, reviewer, markerKey }, notice)
  } catch (failure) {
    if (!(failure instanceof Problem) || !failure.code.startsWith('github.')) throw failure
    notice(
      `The pull request could not be read with this token, so the checkout is reviewed and nothing is posted: ${failure.message}`,
    )
    return reviewCheckout(world, inputs, event)
  }
}

async function reviewCheckout(
  world: ActionWorld,
  { repo, base, head, reviewer }: ActionInputs,
  { pull, push }: ActionEvent,
): Promise<Reviewed> {
  const range = pull ?? push
  const named = base !== null || head !== null
  const reviewLocally = await world.reviewLocally()
  const report = await reviewLocally(
    {
      directory: repo,
      base: named ? base : (range?.base ?? null),
      head: named ? head : (range?.head ?? null),
      staged: false,
      reviewer,
      filesOnly: false,
      dumpPrompts: null,
      trajectory: null,
    },
    world.streams.progress,
  )
  return { report, said: false }
}

function hostOf(environment: ActionWorld['environment']) {
  return {
    apiUrl: environment['GITHUB_API_URL'] || 'https://api.github.com',
    webUrl: environment['GITHUB_SERVER_URL'] || 'https://github.com',
  }
}

async function writeFiles(
  { streams }: ActionWorld,
  { sarifFile, htmlFile, jsonFile }: ActionInputs,
  report: Report,
): Promise<void> {
  if (sarifFile !== null) await writeOutput(sarifReport(report), sarifFile, streams)
  if (htmlFile !== null) await writeOutput(htmlReport(report), htmlFile, streams)
  if (jsonFile !== null) await writeOutput(jsonReport(report), jsonFile, streams)
}

/** The log, the job summary, the outputs of the step, and annotations where no comment says it. */
async function tellRunner(
  { environment, streams }: ActionWorld,
  report: Report,
  said: boolean,
): Promise<void> {
  // Code of strangers is printed: none of its lines may be a command to the runner.
  const quiet = randomUUID()
  await streams.out(command('stop-commands', quiet))
  await streams.out(terminalReport(report, { ...streams, colour: false }))
  await streams.out(command(quiet, ''))
  if (!said) for (const line of annotations(report.findings)) await streams.out(line)
  await append(environment['GITHUB_STEP_SUMMARY'], markdownReport(report))
  const [worst = 'none'] = ['critical', 'high', 'medium', 'low'].filter((severity) =>
    report.findings.some((finding) => finding.severity === severity),
  )
  const outputs = {
    status: report.status,
    findings: report.findings.length,
    'worst-severity': worst,
    commented: said,
  }
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`)
  await append(environment['GITHUB_OUTPUT'], lines.join(''))
}

async function append(file: string | undefined, text: string): Promise<void> {
  if (file) await appendFile(file, text)
}
