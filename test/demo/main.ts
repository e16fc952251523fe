import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { painter } from '#core/render/paint'
import { type ServerProcess, startServer } from '../support/server-process.ts'
import { tryGit } from '../world/github/git/run.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import type { Page } from './comment-text.ts'
import { DemoFailure } from './failure.ts'
import { pageOf } from './page.ts'
import { closing, opening, printScene } from './print-scene.ts'
import { chooseReviewer, type Reviewer } from './reviewer.ts'
import type { Scene } from './scene.ts'
import { lastWords, playStory } from './story.ts'

const USAGE = `npm run demo [-- --scripted]

Plays the life of one pull request on this machine, with the real server and a stand-in for GitHub.
  --scripted   a scripted model instead of Claude or the rules alone
With ANTHROPIC_API_KEY set, Claude reviews.
`
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** How long the server may take to end before it is killed. */
const STOP_MS = 10_000
const PAGE = join(ROOT, 'demo-output', 'conversation.html')

/** What has to be ended, newest first, whatever happens. */
type Ending = () => Promise<unknown>

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => !['--scripted', '--help', '-h'].includes(arg))
  if (unknown !== undefined) return fail(`There is no option ${unknown}. ${USAGE}`)
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE)
    return 0
  }
  const endings: Ending[] = []
  const interrupted = new Promise<never>((_, reject) => {
    const stop = () => reject(new DemoFailure('Interrupted.'))
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
  try {
    return await Promise.race([play(args.includes('--scripted'), endings), interrupted])
  } catch (failure) {
    return fail(failure instanceof DemoFailure ? failure.message : `The demo broke: ${failure}`)
  } finally {
    for (const end of endings.toReversed()) await end().catch(() => {})
  }
}

async function play(scripted: boolean, endings: Ending[]): Promise<number> {
  const began = performance.now()
  await needGit()
  const page = terminalPage()
  const print = (lines: readonly string[]) => void process.stdout.write(`${lines.join('\n')}\n`)
  const reviewer = await chooseReviewer(scripted, process.env)
  endings.push(() => reviewer.close())
  print(opening(reviewer, page))

  const { world, server } = await startBoth(reviewer, endings)
  const scenes: Scene[] = []
  await playStory({
    world,
    server,
    patienceMs: reviewer.patienceMs,
    startSeconds: (performance.now() - began) / 1000,
    show: (scene) => {
      scenes.push(scene)
      print(printScene(scene, page))
    },
  })
  await mkdir(join(ROOT, 'demo-output'), { recursive: true })
  await writeFile(PAGE, await pageOf(scenes, reviewer))
  const seconds = (performance.now() - began) / 1000
  print(closing({ seconds, path: relative(process.cwd(), PAGE) }, page))
  return world.violations.length === 0 ? 0 : 1
}

async function startBoth(
  reviewer: Reviewer,
  endings: Ending[],
): Promise<{ readonly world: GitHubWorld; readonly server: ServerProcess }> {
  const world = await createGitHubWorld()
  endings.push(() => world.stop())
  const starting = startServer(world, { env: { TECH_LEAD_DRAIN_MS: '3000', ...reviewer.env } })
  endings.push(async () => stop(await starting))
  try {
    return { world, server: await starting }
  } catch (failure) {
    const log = failure instanceof Error ? failure.message : ''
    throw new DemoFailure(`The server did not start. ${lastWords(log)}`)
  }
}

async function stop(server: ServerProcess): Promise<void> {
  const patience = setTimeout(() => void server.kill(), STOP_MS)
  await server.stop()
  clearTimeout(patience)
}

/** `git merge-tree --write-tree` is what the stand-in merges with. */
async function needGit(): Promise<void> {
  const found = await tryGit(ROOT, ['--version']).catch(() => null)
  const [, major = '0', minor = '0'] =
    /(\d+)\.(\d+)/.exec(found?.stdout.toString('utf8') ?? '') ?? []
  if (Number(major) * 100 + Number(minor) < 238)
    throw new DemoFailure('The demo needs git 2.38 or newer on the PATH.')
}

function terminalPage(): Page {
  const { stdout, env } = process
  const colour = stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
  const width = Math.max(60, Math.min(stdout.isTTY === true ? stdout.columns : 96, 100))
  return { width, paint: painter(colour) }
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`)
  return 1
}

process.exitCode = await main(process.argv.slice(2))
