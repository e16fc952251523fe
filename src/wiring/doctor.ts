import { setTimeout } from 'node:timers/promises'
import { resolveModel, retirementOf } from '#core/agent/models'
import { Problem } from '#core/problem'
import { type Check, failed, fine } from '#wiring/check'
import { checkGitHub } from '#wiring/check-github'
import {
  checkDataDir,
  checkGit,
  checkKnowledge,
  checkNode,
  checkStore,
} from '#wiring/check-machine'
import { readEnvironment } from '#wiring/environment'
import { createRedaction } from '#wiring/redaction'
import { readStorePlace, type StorePlace } from '#wiring/store-place'

type Variables = Readonly<Record<string, string | undefined>>

/** Variables whose values must never be shown, also where the environment cannot be read. */
const SECRETS = [
  'PRIVATE_KEY',
  'WEBHOOK_SECRET',
  'WEBHOOK_SECRET_OLD',
  'ANTHROPIC_API_KEY',
  'TECH_LEAD_FALLBACK_API_KEY',
  'DATABASE_URL',
  'TECH_LEAD_OPERATOR_TOKEN',
]

const CLOCK = {
  now: () => Date.now(),
  sleep: async (ms: number) => {
    await setTimeout(ms)
  },
}

/**
 * Looks at everything that a server needs and says what to do. Nothing is changed, and one check
 * that fails keeps no other from being made, unless it is what the other needs.
 */
export async function examineInstallation(env: Variables): Promise<readonly Check[]> {
  const today = new Date(CLOCK.now()).toISOString().slice(0, 10)
  const place = storePlace(env)
  const checks = await Promise.all([
    checkNode(process.versions.node),
    checkGit(),
    checkKnowledge(today),
    checkEnvironment(env),
    place === null ? [] : checkDataDir(place),
    place === null ? skipped('store') : checkStore(place),
    checkApp(env),
    checkModel(env),
  ])
  const redact = createRedaction(secretsOf(env))
  return checks.flat().map((check) => ({
    ...check,
    detail: redact(check.detail),
    hint: check.hint === null ? null : redact(check.hint),
  }))
}

function skipped(id: string): Check {
  return { id, state: 'skipped', detail: 'the environment has to be mended first', hint: null }
}

function storePlace(env: Variables): StorePlace | null {
  try {
    return readStorePlace(env)
  } catch (failure) {
    // The check of the environment names the same complaints.
    if (failure instanceof Problem) return null
    throw failure
  }
}

function checkEnvironment(env: Variables): Check {
  const read = readEnvironment(env)
  if (read.ok) return fine('environment', `complete, role ${read.value.role}`)
  return {
    id: 'environment',
    state: 'fails',
    detail: read.complaints.map(({ reason }) => reason).join('\n'),
    hint: 'set the variables as .env.example shows; only the server needs them',
  }
}

async function checkApp(env: Variables): Promise<readonly Check[]> {
  const read = readEnvironment(env)
  if (!read.ok) return [skipped('github')]
  try {
    return await checkGitHub(read.value, CLOCK)
  } catch (failure) {
    return [failed('github', failure)]
  }
}

/** No question is asked of the model: each costs money. */
function checkModel(env: Variables): Check {
  if (!env['ANTHROPIC_API_KEY']?.trim()) {
    return fine('model', 'rules only: no ANTHROPIC_API_KEY is set')
  }
  const baseUrl = env['ANTHROPIC_BASE_URL']?.trim() || 'https://api.anthropic.com'
  const host = URL.parse(baseUrl)?.host ?? 'no host'
  const some = env['TECH_LEAD_MODEL_REPOSITORIES']?.trim()
  const which = some ? '; asked about the repositories of TECH_LEAD_MODEL_REPOSITORIES alone' : ''
  const set = `ANTHROPIC_API_KEY is set, for ${host}${which}`
  const ending = endingModels(env)
  if (ending.length === 0) return fine('model', set)
  return {
    ...{ id: 'model', state: 'warns', detail: [set, ...ending].join('\n') },
    hint: 'name another model in TECH_LEAD_MODEL and TECH_LEAD_FALLBACKS',
  }
}

/** The models of the environment that their provider will end, in words. */
function endingModels(env: Variables): readonly string[] {
  const read = readEnvironment(env)
  if (!read.ok) return []
  const { model, fallbacks } = read.value
  const named = [model ?? [], ...fallbacks.map((one) => one.model)]
    .flat()
    .map((one) => resolveModel(one))
  return [...new Set(named)].flatMap((one) => {
    const day = retirementOf(one)
    return day === null ? [] : `the provider ends ${one} on ${day}`
  })
}

function secretsOf(env: Variables): readonly string[] {
  const values = SECRETS.map((name) => env[name]?.trim() ?? '')
  const keys = (env['TECH_LEAD_MARKER_KEYS'] ?? '').split(',').map((key) => key.trim())
  return [...values, ...keys].filter((value) => value !== '')
}
