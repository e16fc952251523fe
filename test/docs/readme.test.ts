import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { FORMATS, LIMITS, REVIEWERS } from '#cli/choices'
import { EXIT } from '#cli/exit-code'
import { runCommandLine } from '#cli/run'
import { COMMAND_NAMES, COMMANDS, commandUsage } from '#core/command/command'
import { readDecision } from '#core/memory/decision'
import { MAX_INDEX_LINES, memoryFolder } from '#core/memory/memory'
import { parseMemory } from '#core/memory/parse-memory'
import { parseSettings } from '#core/settings/parse-settings'
import { DEFAULT_SETTINGS, SETTINGS_PATH, Settings } from '#core/settings/settings'
import { EnvironmentVariables } from '#wiring/environment-variables'
import { OWN_AGENT } from '#wiring/load-knowledge'
import { registrationAddress } from '../../tools/write-docs.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { SAMPLE_BEFORE, SAMPLE_CHANGE } from './sample-change.ts'

// Some tests start the command line.
vi.setConfig({ testTimeout: 30_000 })

const HOME = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(HOME, path), 'utf8')
const readme = read('README.md')
const PAGES = ['*.md', 'docs/**/*.md', '.github/*.md'].flatMap((glob) =>
  globSync(glob, { cwd: HOME }),
)

/** The cells of the table whose heading starts like this, without the heading. */
function table(heading: string): readonly (readonly string[])[] {
  const lines = readme.split('\n')
  const from = lines.findIndex((line) => line.startsWith(heading))
  expect(from, `a table "${heading}"`).toBeGreaterThan(0)
  const rest = lines.slice(from + 2)
  return rest
    .slice(
      0,
      rest.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    )
}

function blocks(text: string, language: string): readonly string[] {
  const fence = new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm')
  return [...text.matchAll(fence)].map((match) => match[1] ?? '')
}

/** Every key of the settings, sections and lists of objects opened: `review.on`. */
function keysOf(schema: unknown): readonly string[] {
  const Node = z.object({
    properties: z.record(z.string(), z.unknown()).optional(),
    items: z.unknown().optional(),
  })
  const read = Node.safeParse(schema)
  if (!read.success) return []
  const { properties = {}, items } = read.data
  const below = Object.entries(properties).flatMap(([key, value]) => [key, ...keysOf(value)])
  return [...below, ...keysOf(items)]
}

test('the two commands of a newcomer are written as they are typed', () => {
  expect(readme).toMatch(/^npm ci && npm run demo( |$)/m)
  expect(readme).toMatch(/^npm ci && npm test( |$)/m)
})

test.each(PAGES)('%s: every settings example parses', (page) => {
  for (const text of blocks(read(page), 'yaml')) {
    expect(parseSettings({ path: SETTINGS_PATH, text })).toEqual({
      ok: true,
      value: expect.anything(),
    })
  }
})

test('the first settings example is what holds where a repository says nothing', () => {
  const [defaults = ''] = blocks(readme, 'yaml')
  expect(parseSettings({ path: SETTINGS_PATH, text: defaults })).toEqual({
    ok: true,
    value: DEFAULT_SETTINGS,
  })
})

test('every key of the settings is in an example, and no example has another', () => {
  const wanted = keysOf(z.toJSONSchema(Settings, { io: 'input' }))
  const examples = blocks(readme, 'yaml').join('\n')
  const written = [...examples.matchAll(/^[ #-]*([a-z_]+):/gm)].map((match) => match[1] ?? '')
  expect(wanted.filter((key) => !written.includes(key))).toEqual([])
  expect(wanted.length).toBeGreaterThan(20)
})

test('the commands on GitHub are those of the table that parses them', () => {
  const names = COMMAND_NAMES
  expect(table('| command | who |')).toEqual(
    names.map((name) => [`\`${commandUsage(name)}\``, COMMANDS[name].who, COMMANDS[name].help]),
  )
})

test('the environment is that of .env.example, word for word', () => {
  const lines = read('.env.example').split('\n')
  const variables = lines.flatMap((line, at) => {
    const name = /^([A-Z_]+)=$/.exec(line)?.[1]
    return name === undefined ? [] : [[`\`${name}\``, (lines[at - 1] ?? '').replace(/^# /, '')]]
  })
  expect(table('| variable |')).toEqual(variables)
  expect(variables.map(([name]) => name)).toEqual(
    Object.keys(EnvironmentVariables.shape).map((name) => `\`${name}\``),
  )
})

test('permissions and events are those of app.yml, and the link to register asks for the same', () => {
  const manifest: {
    readonly default_permissions: Record<string, string>
    readonly default_events: readonly string[]
  } = parse(read('app.yml'))
  expect(table('| permission |').map(([name, access]) => [name, access])).toEqual(
    Object.entries(manifest.default_permissions).map(([name, access]) => [`\`${name}\``, access]),
  )
  expect(table('| event |').map(([name]) => name)).toEqual(
    manifest.default_events.map((event) => `\`${event}\``),
  )
  for (const row of [...table('| permission |'), ...table('| event |')]) {
    expect(row.at(-1)?.length, row.join(' ')).toBeGreaterThan(10)
  }
  expect(readme).toContain(`](${registrationAddress()})`)
})

test('the commands of the command line are those that it has', () => {
  const documented = table('| command | does |').map(([name]) => name?.replaceAll('`', ''))
  const help = spawnSync(process.execPath, [join(HOME, 'src/cli/main.ts'), '--help'], {
    encoding: 'utf8',
  })
  const listed = [...help.stdout.matchAll(/^ {2}([a-z]+)(?: \[\w+\])* {2,}/gm)].map(
    ([, name]) => name,
  )
  expect(listed.filter((name) => name !== 'help')).toEqual(documented)
})

test('the options of a review are those that it has, with their words', async () => {
  const documented = table('| option of `review` |').map(([name]) => name?.replaceAll('`', ''))
  const { text } = await run('review', '--help')
  const listed = [...text.matchAll(/^ {2}(--[a-z-]+(?: <\w+>)?) /gm)].map(([, option]) => option)
  expect(documented.toSorted()).toEqual(listed.toSorted())
  const rows = table('| option of `review` |').map((row) => row.join(' '))
  for (const words of [FORMATS, REVIEWERS, LIMITS]) {
    expect(
      rows.some((row) => words.every((word) => row.includes(`\`${word}\``))),
      words.join(),
    ).toBe(true)
  }
})

test('the exit codes are those of the command line', () => {
  expect(table('| exit code |').map(([code]) => Number(code))).toEqual(Object.values(EXIT).sort())
})

test('the memory is where it is said to be, and its example is an entry', () => {
  expect(readme).toContain(`\`${memoryFolder(OWN_AGENT)}/\``)
  expect(readme).toContain(`up to ${MAX_INDEX_LINES} lines`)
  const [example = ''] = blocks(readme, 'markdown')
  const [fact, decision] = parseMemory(example).entries
  expect(fact).toMatchObject({
    id: 'm-3f9a2c1d',
    citation: { path: 'src/stripe.ts', line: 14, commit: 'a1b2c3d', digest: '5f1c9e2a' },
  })
  expect(decision?.by).toBe('lena')
  expect(readDecision(decision?.text ?? '')?.path).toBe('src/warehouse.ts')
})

const shop = createGitRepository()
afterAll(() => shop.dispose())

test('the transcript is what a review of the sample prints, but for what it says it leaves out', async () => {
  for (const [path, text] of Object.entries(SAMPLE_BEFORE)) shop.write(path, text)
  shop.commit('A shop')
  shop.branch('payments')
  for (const [path, text] of Object.entries(SAMPLE_CHANGE)) shop.write(path, text)
  shop.commit('Take payments, reserve stock')
  const { code, text } = await run('review', '--repo', shop.directory, '--reviewer', 'rules')
  expect(code).toBe(EXIT.done)
  const commits = /[0-9a-f]{12}\.\.[0-9a-f]{12}/
  const printed = text.replace(commits, 'BASE..HEAD')
  const [transcript = ''] = blocks(readme, 'text')
  const parts = transcript.replace(commits, 'BASE..HEAD').trimEnd().split(/^…\n/m)
  expect(parts.length).toBeGreaterThan(1)
  let from = 0
  for (const part of parts) {
    expect(printed.slice(from)).toContain(part)
    from = printed.indexOf(part, from) + part.length
  }
  expect(printed.startsWith(parts[0] ?? ' ')).toBe(true)
  expect(printed.slice(from).trim()).toBe('')
})

test.each(PAGES)('%s: every link to a file of ours leads somewhere', (page) => {
  const text = read(page).replaceAll(/^ *```[\s\S]*?^ *```/gm, '')
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '')
  for (const link of links.filter((link) => !link.startsWith('https://'))) {
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : join(dirname(page), path)
    expect(existsSync(join(HOME, target)), `${page}: ${link}`).toBe(true)
    if (anchor === undefined) continue
    const anchors = [...read(target).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    )
    expect(anchors, link).toContain(anchor)
  }
})

/** Pages about rules show the files of their examples. */
const OWN_PATHS = PAGES.filter((page) => !page.startsWith('docs/rules/'))

test.each(OWN_PATHS)('%s: every path of code that it names exists', (page) => {
  const paths = [
    ...read(page).matchAll(/`((?:src|test|tools|docs|rules|facts|providers|agents)\/[\w./-]+)`/g),
  ].map((match) => match[1] ?? '')
  const own = paths.filter((path) => !EXAMPLES.has(path))
  expect(own.filter((path) => !existsSync(join(HOME, path)))).toEqual([])
})

/** Files of the repositories in examples, not of this one. */
const EXAMPLES = new Set([
  'providers/acme.yml',
  'src/charge.ts',
  'src/stripe-client.ts',
  'src/stripe.ts',
  'src/warehouse.ts',
])

/** Runs the command line in this process. */
async function run(...args: string[]) {
  let text = ''
  const code = await runCommandLine(args, {
    version: '0.0.0',
    streams: {
      out: async (more) => {
        text += more
      },
      err: (more) => {
        text += more
      },
      progress: () => {},
      colour: false,
      width: 80,
      columns: 80,
    },
    services: {
      review: async () => (await import('#wiring/wire-local')).reviewLocally,
    },
  })
  return { code, text }
}
