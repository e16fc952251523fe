import { Problem } from '#core/problem'
import { type AppAnswer, type AppRegistration, readAppRegistration } from '#github/app-registration'
import { createGitHubApp } from '#github/tokens'
import { type AppManifest, readAppManifest } from '#wiring/app-manifest'
import { type Check, failed, fine } from '#wiring/check'
import type { Environment } from '#wiring/environment'
import { checkClock } from '#wiring/watch-clock'

/** Asks GitHub about the app, and compares what it says with app.yml and with this clock. */
export async function checkGitHub(
  { app: identity, github }: Environment,
  clock: { now(): number; sleep(ms: number): Promise<void> },
): Promise<readonly Check[]> {
  const manifest = await readAppManifest()
  const app = createGitHubApp(
    github,
    { appId: identity.id, privateKey: identity.privateKey },
    { now: clock.now, random: Math.random, sleep: clock.sleep },
  )
  const answer = await readAppRegistration(app)
  const skew = answer.githubTime === null ? null : clock.now() - answer.githubTime
  return [...checksOf(answer, github.apiUrl, manifest), checkClock(skew)]
}

function checksOf({ said }: AppAnswer, apiUrl: string, manifest: AppManifest): readonly Check[] {
  if (said instanceof Problem) {
    return [failed('github', said, hintFor(said, apiUrl))]
  }
  const nowhere = said.installations === 0
  return [
    {
      ...fine('github', `${apiUrl} knows this key as the app "${said.slug}"`),
      ...(nowhere ? { hint: 'install the app on a repository: it is installed nowhere yet' } : {}),
    },
    permissionCheck(said, manifest),
    eventCheck(said, manifest),
  ]
}

function hintFor({ code }: Problem, apiUrl: string): string {
  if (code === 'github.unauthorized') {
    return 'compare APP_ID and PRIVATE_KEY with the settings page of the app; see also the clock below'
  }
  return code === 'github.unreachable'
    ? `see that this machine can reach ${apiUrl}`
    : 'see the settings page of the app'
}

function permissionCheck(said: AppRegistration, manifest: AppManifest): Check {
  const wanted = Object.entries(manifest.default_permissions)
  const missing = wanted.filter(([name, level]) => !covers(said.permissions[name], level))
  if (missing.length > 0) {
    const list = missing.map(([name, level]) => `${name}: ${level}`).join(', ')
    return {
      id: 'permissions',
      state: 'fails',
      detail: `the app may not: ${list}`,
      hint: 'grant them on the settings page of the app; every installation then has to accept',
    }
  }
  const extra = Object.entries(said.permissions).filter(
    ([name, level]) => !covers(manifest.default_permissions[name], level),
  )
  if (extra.length === 0) return fine('permissions', 'as app.yml asks for')
  const list = extra.map(([name, level]) => `${name}: ${level}`).join(', ')
  return {
    id: 'permissions',
    state: 'warns',
    detail: `the app may more than it uses: ${list}`,
    hint: 'take them away on the settings page of the app',
  }
}

const LEVELS = ['read', 'write', 'admin']

function covers(held: string | undefined, wanted: string): boolean {
  return held !== undefined && LEVELS.indexOf(held) >= LEVELS.indexOf(wanted)
}

function eventCheck(said: AppRegistration, manifest: AppManifest): Check {
  const missing = manifest.default_events.filter((event) => !said.events.includes(event))
  if (missing.length === 0) return fine('events', 'as app.yml asks for')
  return {
    id: 'events',
    state: 'fails',
    detail: `the app is not told about: ${missing.join(', ')}`,
    hint: 'subscribe to them on the settings page of the app, under "Permissions & events"',
  }
}
