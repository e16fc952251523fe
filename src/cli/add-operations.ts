import { type Command, InvalidArgumentError, Option } from 'commander'
import { addReconcile } from '#cli/add-reconcile'
import { JOB_STATES } from '#cli/choices'
import type { Operations, Serve, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'
import type { PullName } from '#core/render/planned-writes'

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

function addJobs(program: Command, context: Context, load: Load): void {
  const { streams, exitWith } = context
  const jobs = program
    .command('jobs')
    .description(
      'the jobs of the server: list, show, plan, replay, discard, halt, resume, move, reconcile',
    )
    .addHelpText('after', WHERE)
  addHalts(jobs, context, load)
  addMove(jobs, context, load)
  addReconcile(jobs, context, load)
  addPlan(jobs, context, load)
  jobs
    .command('list', { isDefault: true })
    .description('list the jobs that are not done, the oldest first')
    .addOption(new Option('--state <state>', 'only jobs in this state').choices(JOB_STATES))
    .addOption(new Option('--limit <n>', 'how many at most').argParser(parseLimit).default(50))
    .action(async (options: { state?: string; limit: number }) => {
      const { printEntries } = await import('#cli/print-lists')
      const filter = { state: options.state ?? null, limit: options.limit }
      const operations = await load()
      exitWith(await printEntries(await operations.jobs(filter), streams, 'There are no jobs.'))
      const halted = await operations.halted()
      if (halted.length > 0)
        streams.err(`Halted: ${halted.join(', ')}. See tech-lead jobs resume.\n`)
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

const PLAN = `
As it was frozen before the first write: a dry run would have posted it, any
other review has, or was about to. Plans are kept for TECH_LEAD_PLAN_DAYS.`

/** `tech-lead jobs plan`: what a dry run would have posted. */
function addPlan(jobs: Command, { streams, exitWith }: Context, load: Load): void {
  jobs
    .command('plan')
    .argument('<pull>', 'owner/name#number', parsePull)
    .description('what the latest review of a pull request posted, or would have')
    .addHelpText('after', PLAN)
    .action(async (of: PullName) => {
      const { printPlan } = await import('#cli/print-lists')
      exitWith(await printPlan(of, await (await load()).plan(of), streams))
    })
}

/** `tech-lead jobs halt` and `resume`: the switch for a day on which the app must be quiet. */
function addHalts(jobs: Command, { streams, exitWith }: Context, load: Load): void {
  jobs
    .command('halt')
    .argument('[scope]', 'all, the id of an installation, or owner/name', parseScope, 'all')
    .description(
      'stop the work, also before the next write of a job that runs; deliveries are kept',
    )
    .action(async (scope: string) => {
      await (await load()).halt(scope)
      await streams.out(`${scope} halted\n`)
      exitWith(EXIT.done)
    })
  jobs
    .command('resume')
    .argument('[scope]', 'as in halt', parseScope, 'all')
    .description('go on with what was halted')
    .action(async (scope: string) => {
      const resumed = await (await load()).resume(scope)
      if (resumed) await streams.out(`${scope} resumed\n`)
      else streams.err(`tech-lead: ${scope} is not halted: see tech-lead jobs list.\n`)
      exitWith(resumed ? EXIT.done : EXIT.error)
    })
}

const MOVE = `
No server may run on either side, and the database must be empty. All of it is
carried over or nothing; the folder is then kept as DATA_DIR/pglite.moved.`

/** `tech-lead jobs move`: from one process to many. */
function addMove(jobs: Command, { streams, exitWith }: Context, load: Load): void {
  jobs
    .command('move')
    .description('carry the embedded store of DATA_DIR over to DATABASE_URL')
    .addHelpText('after', MOVE)
    .action(async () => {
      const moved = await (await load()).move()
      await streams.out(
        moved.length === 0 ? 'The store was empty.\n' : `Moved:\n  ${moved.join('\n  ')}\n`,
      )
      exitWith(EXIT.done)
    })
}

function parseScope(word: string): string {
  if (/^(?:all|\d{1,15}|[\w.-]{1,100}\/[\w.-]{1,100})$/.test(word)) return word
  throw new InvalidArgumentError('give all, the id of an installation, or owner/name.')
}

function parsePull(word: string): PullName {
  const [, owner, name, pull] = /^([\w.-]{1,100})\/([\w.-]{1,100})#([1-9]\d{0,8})$/.exec(word) ?? []
  if (owner !== undefined && name !== undefined) return { owner, name, pull: Number(pull) }
  throw new InvalidArgumentError('give owner/name#number.')
}

function parseLimit(word: string): number {
  const limit = Number(word)
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit
  throw new InvalidArgumentError('give a whole number from 1 to 1000.')
}
