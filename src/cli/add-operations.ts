import { type Command, InvalidArgumentError, Option } from 'commander'
import { JOB_STATES } from '#cli/choices'
import type { Operations, Serve, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'

interface Context {
  readonly streams: Streams
  readonly exitWith: (code: number) => void
}

type Load = () => Promise<Operations>

const WHERE = `
The jobs are asked of the server that runs on DATA_DIR (default ./data), or of
the database when DATABASE_URL is set. Any unique beginning of an id will do,
from six characters.`

const DOCTOR = `
Checks what the server needs: its environment, the data folder, the store, the
app on GitHub, the clock and the model. Nothing is changed and no secret is
shown. Exit code 2 when something cannot work as it is.`

const SERVE = `
Everything is configured by environment variables; .env.example names them all.
SIGTERM finishes what is in hand and stops; a second one stops at once.`

/** `tech-lead jobs` and `doctor`. */
export function addOperations(program: Command, context: Context, load: Load): void {
  const { streams, exitWith } = context
  addJobs(program, context, load)
  program
    .command('doctor')
    .description('check the installation and say what to do')
    .addHelpText('after', DOCTOR)
    .action(async () => {
      const { runDoctor } = await import('#cli/print-lists')
      exitWith(await runDoctor(await load(), streams))
    })
}

/** `tech-lead serve` and `worker`. */
export function addServe(program: Command, { exitWith }: Context, serve: Serve): void {
  const add = (name: string, description: string, role: 'worker' | null) =>
    program
      .command(name)
      .description(description)
      .addHelpText('after', SERVE)
      .action(async () => {
        if (!(await serve(role))) return exitWith(EXIT.error)
        // The server ends the process when it has drained.
        await new Promise<never>(() => {})
      })
  add('serve', 'run the server until it is told to stop', null)
  add('worker', 'run a server that only reviews; needs DATABASE_URL', 'worker')
}

function addJobs(program: Command, { streams, exitWith }: Context, load: Load): void {
  const jobs = program
    .command('jobs')
    .description('the jobs of the server: list, show, replay, discard')
    .addHelpText('after', WHERE)
  jobs
    .command('list', { isDefault: true })
    .description('list the jobs that are not done, the oldest first')
    .addOption(new Option('--state <state>', 'only jobs in this state').choices(JOB_STATES))
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
    .description('run a dead job again')
    .action(async (id: string) => {
      const { printJobChange } = await import('#cli/print-lists')
      const replayed = await (await load()).replayJob(id)
      exitWith(await printJobChange({ id, done: replayed, verb: 'replayed' }, streams))
    })
  jobs
    .command('discard <id>')
    .description('give up a job that is not being worked on')
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
