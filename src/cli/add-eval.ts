import { type Command, Option } from 'commander'
import { EVAL_FORMATS } from '#cli/choices'
import type { Services, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'

interface Context {
  readonly streams: Streams
  readonly exitWith: (code: number) => void
}

interface Options {
  readonly format: (typeof EVAL_FORMATS)[number]
  readonly misses: boolean
}

const CASES = `
A case is a folder with expected.yml, head/ (the files after the change) and
base/ (before it; without one everything is new). expected.yml names the
defects by class, path and lines; see eval/rules/testdata in the repository.`

/** `tech-lead eval`. */
export function addEval(
  program: Command,
  { streams, exitWith }: Context,
  load: NonNullable<Services['evaluation']>,
): void {
  program
    .command('eval [dir]')
    .description('hold the rules against labelled cases: precision and recall')
    .addOption(
      new Option('--format <format>', EVAL_FORMATS.join(', '))
        .choices(EVAL_FORMATS)
        .default('text'),
    )
    .option('--misses', 'name what was missed and what was claimed wrongly')
    .addHelpText('after', CASES)
    .action(async (directory: string | undefined, { format, misses }: Options) => {
      const evaluate = await load()
      const outcomes = await evaluate(directory ?? 'eval/rules/testdata', streams.progress)
      streams.progress('')
      const { scoreCases } = await import('#core/evaluation/score-cases')
      const scores = scoreCases(outcomes)
      if (format === 'json') {
        await streams.out((await import('#core/render/json-report')).jsonText(scores))
      } else {
        const { caseMissesText, caseScoresText } = await import('#core/render/case-scores')
        const named = misses ? `\n\n${caseMissesText(outcomes)}` : ''
        await streams.out(`${caseScoresText(scores)}${named}\n`)
      }
      exitWith(outcomes.some(({ unread }) => unread.length > 0) ? EXIT.incomplete : EXIT.done)
    })
}
