import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Operations, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'

interface Context {
  readonly streams: Streams
  readonly exitWith: (code: number) => void
}

type Load = () => Promise<Operations>

/** `tech-lead jobs`, `doctor` and `serve`. */
export function addOperations(program: Command, context: Context, load: Load): void {
  const { streams, exitWith } = context
  addJobs(program, context, load)
  program
    .command('doctor')
    .description('check the installation and say what to do')
    .action(async () => {
      const { runDoctor } = await import('#cli/print-lists')
      exitWith(await runDoctor(await load(), streams))
    })
  program
    .command('serve')
    .description('run the server until it is told to stop')
    .action(async () => {
      await (await load()).serve()
      exitWith(EXIT.done)
    })
}

function addJobs(program: Command, { streams, exitWith }: Context, load: Load): void {
  const jobs = program.command('jobs').description('the jobs: list, show, replay, discard')
  jobs
    .command('list', { isDefault: true })
    .description('list the latest jobs')
    .option('--state <state>', 'only jobs in this state')
    .addOption(new Option('--limit <n>', 'how many at most').argParser(parseLimit).default(50))
    .action(async (options: { state?: string; limit: number }) => {
      const { printEntries } = await import('#cli/print-lists')
      const filter = { state: options.state ?? null, limit: options.limit }
      exitWith(await printEntries(await (await load()).jobs(filter), streams, 'There are no jobs.'))
    })
  jobs
    .command('show <id>')
    .description('all there is to know about a job')
    .action(async (id: string) => {
      const { printOne } = await import('#cli/print-lists')
      const { showJob: explain, jobs: list } = await load()
      const all = () => list({ state: null, limit: 1000 })
      exitWith(await printOne({ kind: 'job', id, explain, all }, streams))
    })
  jobs
    .command('replay <id>')
    .description('run a failed job again')
    .action(async (id: string) => {
      const { printJobChange } = await import('#cli/print-lists')
      const replayed = await (await load()).replayJob(id)
      exitWith(await printJobChange({ id, done: replayed, verb: 'replayed' }, streams))
    })
  jobs
    .command('discard <id>')
    .description('give up a failed job')
    .action(async (id: string) => {
      const { printJobChange } = await import('#cli/print-lists')
      const discarded = await (await load()).discardJob(id)
      exitWith(await printJobChange({ id, done: discarded, verb: 'discarded' }, streams))
    })
}

function parseLimit(word: string): number {
  const limit = Number(word)
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit
  throw new InvalidArgumentError('give a whole number from 1 to 1000.')
}
