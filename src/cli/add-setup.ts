import { type Command, InvalidArgumentError } from 'commander'
import type { RunSetup, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'
import type { SetUp } from '#wiring/setup'

const SETUP = `
Opens a page on this machine that sends the app's manifest to GitHub; there you
confirm, and come back with a code, which is exchanged for the credentials.
They are written to the env file, readable by you alone, and shown nowhere.
On a server without a browser: ssh -L 8123:127.0.0.1:8123 HOST, then --port 8123.
With GHE_HOST set, the app is registered on that enterprise server, or on
SUBDOMAIN.ghe.com with data residency.`

interface Options {
  readonly url: string
  readonly organization?: string
  readonly name?: string
  readonly file: string
  readonly port: number
  readonly replace?: true
}

/** `tech-lead setup`. */
export function addSetup(
  program: Command,
  { streams, exitWith }: { streams: Streams; exitWith: (code: number) => void },
  setup: RunSetup,
): void {
  program
    .command('setup')
    .description('register the app on GitHub and write its credentials to .env')
    .requiredOption(
      '--url <url>',
      'where GitHub will reach the server, as in https://lead.example.com',
    )
    .option('--organization <name>', 'the organisation that owns the app; default: you')
    .option('--name <name>', 'the name to propose; you can change it on GitHub')
    .option('--file <path>', 'the env file to write', '.env')
    .option('--port <n>', 'the port of the page; 0 takes any free one', parsePort, 0)
    .option('--replace', 'overwrite credentials that the file has already')
    .addHelpText('after', SETUP)
    .action(async ({ url, organization, name, file, port, replace }: Options) => {
      const request = {
        ...{ url, file, port, replace: replace === true },
        organization: organization ?? null,
        name: name ?? null,
      }
      const done = await setup(request, (address) => {
        streams.err(`Open this address in a browser on this machine, within an hour:\n${address}\n`)
      })
      await streams.out(nextSteps(done))
      exitWith(EXIT.done)
    })
}

function nextSteps({ slug, id, file, variables, missing, installUrl }: SetUp): string {
  const steps = [
    ...(missing === null ? [] : [`${missing}.`]),
    `Look at ${file}: add ANTHROPIC_API_KEY if Claude is to review; .env.example names the rest.`,
    `Start the server: set -a; . ${file}; set +a; npm start`,
    'Check it: tech-lead doctor',
    `Install the app on repositories: ${installUrl}`,
  ]
  const lines = steps.map((step, at) => `${at + 1}. ${step}`)
  return `Registered "${slug}" (App ID ${id}).\nWrote ${variables.join(', ')} to ${file}.\n\n${lines.join('\n')}\n`
}

function parsePort(word: string): number {
  const port = Number(word)
  if (/^\d{1,5}$/.test(word) && port <= 65_535) return port
  throw new InvalidArgumentError('give a whole number from 0 to 65535.')
}
