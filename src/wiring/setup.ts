import * as z from 'zod'
import { complaintLine, Problem } from '#core/problem'
import { convertManifest, type RegisteredApp } from '#github/convert-manifest'
import { readAppManifest } from '#wiring/app-manifest'
import { openEnvFile } from '#wiring/env-file'
import { githubAddresses } from '#wiring/environment'
import { EnvironmentVariables, isDataResidency } from '#wiring/environment-variables'
import { readPrivateKey } from '#wiring/private-key'

/** What a person says about the app that is to be registered. */
export interface SetupRequest {
  /** Where GitHub will reach the server, as in `https://lead.example.com`. */
  readonly url: string
  /** The organisation that will own the app; null for the person's own account. */
  readonly organization: string | null
  /** Null for the name in app.yml. The person can still change it on GitHub's page. */
  readonly name: string | null
  /** The env file to write. */
  readonly file: string
  readonly replace: boolean
}

/** An app that was registered, without its secrets. */
export interface SetUp {
  readonly id: number
  readonly slug: string
  readonly installUrl: string
  readonly file: string
  /** The names of the variables that were written, never their values. */
  readonly variables: readonly string[]
  /** What GitHub did not give, and what to do about it. */
  readonly missing: string | null
}

/** A setup that is ready to begin: the env file has room. */
export interface Setup {
  /** Where the browser sends the manifest: GitHub's page for a new app. */
  readonly action: string
  /** @param redirectUrl where GitHub sends the browser with its code */
  manifest(redirectUrl: string): string
  /** Exchanges GitHub's code and writes the env file. */
  finish(code: string): Promise<SetUp>
  /** Leaves everything as it was; after `finish` it does nothing. */
  abandon(): Promise<void>
}

const Given = EnvironmentVariables.pick({ GHE_HOST: true, GHE_PROTOCOL: true, WEBHOOK_PATH: true })

/** GitHub takes no longer name: https://docs.github.com/en/apps/creating-github-apps */
const LONGEST_NAME = 34

/**
 * Prepares the registration of the app from app.yml.
 *
 * @throws Problem with one line for each thing that is wrong, before anything listens
 */
export async function prepareSetup(
  request: SetupRequest,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<Setup> {
  const given = givenOf(variables)
  const github = githubAddresses(given)
  const origin = originOf(request, given.GHE_HOST !== null && !isDataResidency(given.GHE_HOST))
  const app = await readAppManifest()
  const name = request.name ?? app.name
  if (name.length > LONGEST_NAME)
    throw new Problem('setup.name', 'told', `--name is longer than ${LONGEST_NAME} characters.`)
  const action = `${github.webUrl}${ownerPath(request.organization)}/settings/apps/new`
  const file = await openEnvFile(request.file, request.replace)
  return {
    action,
    manifest: (redirectUrl) =>
      JSON.stringify({
        ...app,
        name,
        url: origin,
        hook_attributes: { url: `${origin}${given.WEBHOOK_PATH}`, active: true },
        redirect_url: redirectUrl,
      }),
    async finish(code) {
      const registered = await convertManifest(github, code, { now: () => Date.now() })
      const written = credentialsOf(registered, given)
      await file.write(written).catch((failure: unknown) => {
        throw lost(registered, failure)
      })
      return setUpOf(registered, file.path, written)
    },
    abandon: () => file.discard(),
  }
}

function givenOf(variables: Readonly<Record<string, string | undefined>>) {
  const entries = Object.keys(Given.shape).flatMap((name) => {
    const value = variables[name]?.trim()
    return value ? [[name, value]] : []
  })
  const read = Given.safeParse(Object.fromEntries(entries))
  if (read.success) return read.data
  const lines = read.error.issues.map(({ path, message }) =>
    complaintLine({ file: 'environment', line: null, reason: `${String(path[0])} ${message}` }),
  )
  throw new Problem('environment.unreadable', 'told', lines.join('\n'))
}

/** An enterprise server may live in a network without certificates; GitHub's own cloud does not. */
function originOf({ url }: SetupRequest, enterprise: boolean): string {
  const place = URL.parse(url)
  const plain =
    place !== null && place.pathname === '/' && place.search === '' && place.username === ''
  const safe = place?.protocol === 'https:' || (enterprise && place?.protocol === 'http:')
  if (plain && safe) return place.origin
  throw new Problem(
    'setup.url',
    'told',
    '--url must be the address of the server as GitHub reaches it, without a path, as in https://lead.example.com.',
  )
}

const Organization = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,98}[A-Za-z0-9])?$/)

function ownerPath(organization: string | null): string {
  if (organization === null) return ''
  if (Organization.safeParse(organization).success) return `/organizations/${organization}`
  throw new Problem('setup.organization', 'told', '--organization is not the name of one.')
}

/** The variables of the server that GitHub's answer fills, in one line each. */
function credentialsOf(
  { id, privateKey, webhookSecret }: RegisteredApp,
  { GHE_HOST, GHE_PROTOCOL }: z.infer<typeof Given>,
): Record<string, string> {
  const key = readPrivateKey(privateKey)
  if (!key.ok) throw new Problem('setup.answer', 'told', `The key from GitHub ${key.reason}.`)
  return {
    APP_ID: String(id),
    // An env file holds no line ends.
    PRIVATE_KEY: Buffer.from(key.pem).toString('base64'),
    PRIVATE_KEY_PATH: '',
    WEBHOOK_SECRET: webhookSecret ?? '',
    ...(GHE_HOST === null ? {} : { GHE_HOST, GHE_PROTOCOL }),
  }
}

function setUpOf(
  { id, slug, url, webhookSecret }: RegisteredApp,
  file: string,
  written: Readonly<Record<string, string>>,
): SetUp {
  const variables = Object.keys(written).filter((name) => written[name] !== '')
  const missing =
    webhookSecret === null
      ? `GitHub made no webhook secret: make one with \`openssl rand -hex 32\`, enter it at ${url} under "Webhook", and in ${file} as WEBHOOK_SECRET`
      : null
  return { id, slug, installUrl: `${url}/installations/new`, file, variables, missing }
}

/** The app exists, but nobody has its key any more. */
function lost({ slug, url }: RegisteredApp, cause: unknown): Problem {
  const why = cause instanceof Problem ? cause.message : 'The env file cannot be written.'
  return new Problem(
    'setup.lost',
    'told',
    `${why} GitHub has registered the app "${slug}" all the same: delete it at ${url}, and start the setup again.`,
    { cause },
  )
}
