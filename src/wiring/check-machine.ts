import { access, constants, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { gitVersion } from '#local/git-version'
import { createScan } from '#scan/create-scan'
import { createAdminClient } from '#wiring/admin-client'
import { type Check, failed, fine } from '#wiring/check'
import { loadKnowledge } from '#wiring/load-knowledge'
import type { StorePlace } from '#wiring/store-place'

const SILENT = { info() {}, warn() {}, error() {} }

/** The first that runs TypeScript as it stands: https://nodejs.org/en/blog/release/v22.18.0 */
const OLDEST_NODE = [22, 18] as const

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldest, oldestMinor] = OLDEST_NODE
  if (major > oldest || (major === oldest && minor >= oldestMinor)) return fine('node', version)
  return {
    id: 'node',
    state: 'fails',
    detail: `${version} is too old`,
    hint: `use Node ${OLDEST_NODE.join('.')} or newer, or npx tech-lead, which brings its own`,
  }
}

/** The server reads through GitHub's API, so that only reviews on the command line need git. */
export async function checkGit(): Promise<Check> {
  try {
    return fine('git', await gitVersion())
  } catch (failure) {
    const hint = 'install git to review local repositories; the server does without'
    return { ...failed('git', failure, hint), state: 'warns' }
  }
}

/** Whether what this installation ships can be read, and whether the scanner runs with it. */
export async function checkKnowledge(today: string): Promise<readonly Check[]> {
  try {
    const { knowledge, matchers, agent } = await loadKnowledge(today)
    const { rules, catalog } = knowledge
    const counts = `${rules.length} rules, ${catalog.providers.length} providers, agent ${agent.header.name}`
    return [fine('knowledge', counts), await checkScanner(createScan({ matchers }))]
  } catch (failure) {
    return [failed('knowledge', failure, 'install tech-lead again, with npm ci')]
  }
}

async function checkScanner(scan: ReturnType<typeof createScan>): Promise<Check> {
  const source = { path: 'a.ts', text: "fetch('https://example.com')\n" }
  const { facts, failed: unread } = await scan.facts([source])
  if (facts.length > 0) return fine('ast-grep', 'runs')
  return {
    id: 'ast-grep',
    state: 'fails',
    detail: unread[0]?.because ?? 'it finds nothing',
    hint: 'install tech-lead again, with npm ci and optional dependencies',
  }
}

/** Whether the data folder can be written, and whether a server runs on it. */
export async function checkDataDir({ databaseUrl, dataDir }: StorePlace): Promise<Check> {
  const folder = resolve(dataDir)
  try {
    const exists = await isFolder(folder)
    if (!exists) return await checkFuture(folder)
    const { probeDataDir } = await import('#store/probe-store')
    if (databaseUrl !== null) {
      await access(folder, constants.W_OK)
      return fine('data folder', folder)
    }
    if (probeDataDir(folder) === 'free')
      return fine('data folder', `${folder}, no server runs on it`)
    const pid = (await readFile(join(folder, 'server.pid'), 'utf8').catch(() => '')).trim()
    const who = /^\d{1,10}$/.test(pid) ? `the server with process id ${pid}` : 'another process'
    return fine('data folder', `${folder}, held by ${who}`)
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? failure.code : null
    if (code !== 'EACCES' && code !== 'EROFS') return failed('data folder', failure)
    return unwritable(folder)
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found?.isDirectory() ?? false
}

/** A folder that is not there yet is made where the nearest thing that exists is a writable folder. */
async function checkFuture(folder: string): Promise<Check> {
  const exists = (path: string) =>
    stat(path).then(Boolean, (cause: NodeJS.ErrnoException) => cause.code !== 'ENOENT')
  let nearest = folder
  while (!(await exists(nearest))) nearest = dirname(nearest)
  const writable = await access(nearest, constants.W_OK).then(
    () => true,
    () => false,
  )
  return writable && (await isFolder(nearest))
    ? fine('data folder', `${folder} will be made at the first start`)
    : unwritable(folder)
}

function unwritable(folder: string): Check {
  return {
    id: 'data folder',
    state: 'fails',
    detail: `${folder} cannot be written`,
    hint: 'give this user write access, or set DATA_DIR to another folder',
  }
}

/** Whether the store answers; the embedded one only through the server that has it open. */
export async function checkStore({ databaseUrl, dataDir }: StorePlace): Promise<Check> {
  try {
    if (databaseUrl !== null) {
      const { probePostgres } = await import('#store/probe-store')
      const version = await probePostgres(databaseUrl, SILENT)
      const url = new URL(databaseUrl)
      return fine('store', `Postgres ${version} answers at ${url.host}${url.pathname}`)
    }
    await createAdminClient(dataDir).list({ state: null, limit: 1 })
    return fine('store', 'embedded; the running server answers')
  } catch (failure) {
    if (databaseUrl !== null) return failed('store', failure)
    return fine('store', 'embedded; only a running server may open it, and none answers')
  }
}
