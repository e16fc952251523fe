import type { Format } from '#cli/choices'
import type { Services, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'
import { checkOutput, writeOutput } from '#cli/write-output'
import { atLeast, type Severity } from '#core/findings/finding'
import { Problem } from '#core/problem'
import type { Report } from '#core/report/report'
import type { ReviewRequest } from '#core/report/review-request'

/** `review` and `files` as they were typed. */
export interface ReviewCommand {
  readonly request: ReviewRequest
  /** A trajectory to show again instead of a review; null for a review. */
  readonly replay: string | null
  readonly format: Format
  readonly output: string | null
  readonly failOn: Severity | 'never'
}

/** Reviews a change, writes the report and returns the exit code. */
export async function runReviewCommand(
  command: ReviewCommand,
  streams: Streams,
  services: Pick<Services, 'review' | 'replay'>,
): Promise<number> {
  const { request, format, output, failOn } = command
  if (request.staged && request.head !== null) {
    throw new Problem('cli.usage', 'told', '--staged and --head exclude each other.')
  }
  await checkOutput(output)
  await checkOutput(request.trajectory)
  const report = await reportOf(command, streams, services)
  streams.progress('')
  const inFile = { colour: false, width: streams.width, columns: Number.POSITIVE_INFINITY }
  const shown = output === null ? streams : inFile
  await writeOutput(await render(report, format, request.filesOnly, shown), output, streams)
  return request.filesOnly ? EXIT.done : exitCodeOf(report, failOn)
}

async function reportOf(
  { request, replay }: ReviewCommand,
  streams: Streams,
  services: Pick<Services, 'review' | 'replay'>,
): Promise<Report> {
  if (replay === null) return (await services.review())(request, streams.progress)
  const { directory, base, head, staged, dumpPrompts, trajectory } = request
  const others = [base, head, dumpPrompts, trajectory].some((one) => one !== null)
  if (others || staged || directory !== '.' || services.replay === undefined) {
    throw new Problem(
      'cli.usage',
      'told',
      '--replay shows a review as it was: it goes with --format, --output and --fail-on alone.',
    )
  }
  return (await services.replay())(replay)
}

/** The exit code of a review that came to a report. */
export function exitCodeOf(report: Report, failOn: Severity | 'never'): number {
  if (failOn !== 'never' && report.findings.some(({ severity }) => atLeast(severity, failOn))) {
    return EXIT.findings
  }
  return report.status === 'reviewed' ? EXIT.done : EXIT.incomplete
}

async function render(
  report: Report,
  format: Format,
  filesOnly: boolean,
  terminal: Pick<Streams, 'colour' | 'width' | 'columns'>,
): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('#core/render/json-report')).jsonReport(report)
    case 'sarif':
      return (await import('#core/render/sarif-report')).sarifReport(report)
    case 'markdown':
      return (await import('#core/render/markdown-report')).markdownReport(report)
    case 'html':
      return (await import('#core/render/html-report')).htmlReport(report)
    case 'text': {
      if (filesOnly) {
        const { terminalSelection } = await import('#core/render/terminal-selection')
        return terminalSelection(report, terminal)
      }
      return (await import('#core/render/terminal-report')).terminalReport(report, terminal)
    }
    default:
      return format satisfies never
  }
}
