import { type Command, Option } from 'commander'
import { FORMATS, type Format, LIMITS, REVIEWERS } from '#cli/choices'
import type { Services, Streams } from '#cli/command-line'
import type { ReviewCommand } from '#cli/review-command'

interface Context {
  readonly streams: Streams
  readonly services: Pick<Services, 'review' | 'replay'>
  readonly exitWith: (code: number) => void
}

/** The options of `review` and `files` as commander gives them. */
interface RangeOptions {
  readonly repo: string
  readonly base?: string
  readonly head?: string
  readonly staged?: boolean
  readonly format: Format
  readonly output?: string
}

interface ReviewOptions extends RangeOptions {
  readonly reviewer: (typeof REVIEWERS)[number]
  readonly failOn: (typeof LIMITS)[number]
  readonly dumpPrompts?: string
  readonly trajectory?: string
  readonly replay?: string
}

/** `tech-lead review`. */
export function addReview(program: Command, context: Context): void {
  rangeCommand(program, 'review', 'review a change of a local git repository')
    .addOption(
      new Option('--reviewer <who>', 'auto asks Claude where there is a key')
        .choices(REVIEWERS)
        .default('auto'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 when a finding is at or above')
        .choices(LIMITS)
        .default('never'),
    )
    .option('--dump-prompts <dir>', 'write what the model is asked, or would be, and why')
    .option('--trajectory <file>', 'keep all that the model is asked and answers, as JSON lines')
    .option('--replay <file>', 'show the review of a trajectory again, without a model')
    .action(async (options: ReviewOptions) => {
      await run(context, { ...options, filesOnly: false })
    })
}

/** `tech-lead files`. */
export function addFiles(program: Command, context: Context): void {
  const description = 'list the changed files and why each is selected or skipped'
  rangeCommand(program, 'files', description).action(async (options: RangeOptions) => {
    await run(context, { ...options, reviewer: 'rules', failOn: 'never', filesOnly: true })
  })
}

function rangeCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--repo <dir>', 'a folder of the repository, or a bare repository', '.')
    .option('--base <ref>', 'compare with the merge base of this ref (default: the default branch)')
    .option('--head <ref>', 'review up to this ref (default: HEAD and what is not committed)')
    .option('--staged', 'review the index instead of the working tree')
    .addOption(
      new Option('--format <format>', 'how the result is written').choices(FORMATS).default('text'),
    )
    .option('--output <file>', 'write the result to a file')
}

async function run(
  { streams, services, exitWith }: Context,
  options: ReviewOptions & { readonly filesOnly: boolean },
): Promise<void> {
  const command: ReviewCommand = {
    request: {
      directory: options.repo,
      base: options.base ?? null,
      head: options.head ?? null,
      staged: options.staged ?? false,
      reviewer: options.reviewer,
      filesOnly: options.filesOnly,
      dumpPrompts: options.dumpPrompts ?? null,
      trajectory: options.trajectory ?? null,
    },
    replay: options.replay ?? null,
    format: options.format,
    output: options.output ?? null,
    failOn: options.failOn,
  }
  const { runReviewCommand } = await import('#cli/review-command')
  exitWith(await runReviewCommand(command, streams, services))
}
