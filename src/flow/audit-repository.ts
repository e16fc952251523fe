import { type Audit, auditOf, isClean } from '#core/audit/audit'
import type { Job } from '#core/job/job'
import { AUDIT_TITLE, auditBody } from '#core/render/audit-issue'
import { type MarkerKeys, marker, readMarkers } from '#core/render/marker'
import { settingsOf } from '#core/settings/parse-settings'
import { redact } from '#core/text/redact'
import type { AuditedRepository, AuditHome, Audits, OwnIssue } from '#flow/audit-port'
import {
  type BackgroundNeeds,
  inBackground,
  leaveRoom,
  takeTurn,
  type WorkEnd,
} from '#flow/background-work'
import { effectOnce } from '#flow/effect-once'
import { type Knowledge, withOwnPacks } from '#flow/knowledge'
import type { Log } from '#flow/ports'
import { judgeFolder } from '#flow/recall-memory'
import { type InventoryNeeds, takeInventory } from '#flow/take-inventory'

/** The audit of one repository. */
export type AuditJob = Extract<Job, { kind: 'audit' }>

/** What an audit needs from the world. */
export interface AuditNeeds extends Omit<InventoryNeeds, 'catalog'>, BackgroundNeeds {
  readonly home: (job: AuditJob) => AuditHome
  readonly audits: Audits
  readonly knowledge: Knowledge
  readonly markerKeys: MarkerKeys
  readonly visibilityMs: number
  readonly log: Pick<Log, 'info'>
}

/** An audit is queued weekly; one that comes sooner is the same one again. */
const SOONEST_MS = 24 * 3_600_000
/** Of a larger repository so many files are read, as at the first look. */
const MOST_FILES = 5_000

/**
 * Looks at what grows old in a repository although nobody changes it, and keeps one issue about it,
 * edited in place. Where nothing is to be said and nothing was said before, there is no issue. A
 * closed or deleted one is somebody's word: nothing more is written then.
 */
export async function auditRepository(needs: AuditNeeds, job: AuditJob): Promise<WorkEnd> {
  const { audits, clock, log } = needs
  const { installation, repository } = job
  const last = await audits.lastAt(installation, repository.id)
  if (last !== null && clock.now() - last < SOONEST_MS)
    return { kind: 'done', because: 'audited lately' }
  const end = async (result: string): Promise<WorkEnd> => {
    await audits.end(installation, repository.id, result)
    return { kind: 'done', because: result }
  }
  return inBackground(needs, installation, {
    work: () => audit(needs, job, end),
    async refused(because) {
      log.info({ because }, 'audit skipped')
      return end(`skipped: ${because}`)
    },
  })
}

type End = (result: string) => Promise<WorkEnd>

async function audit(needs: AuditNeeds, job: AuditJob, end: End): Promise<WorkEnd> {
  const { audits } = needs
  const home = needs.home(job)
  const seen = await home.repository()
  const silent = silentBecause(seen)
  if (silent !== null) return end(silent)
  const resting = await leaveRoom(needs, job.installation)
  if (resting !== null) return resting
  // Asked before the code is read: a closed issue, or no right to one, spares all of that.
  const ours = await ownIssue(needs, home, job)
  if (ours?.open === false) return end(`#${ours.number} was closed`)
  const opening = audits.opening(job.installation, job.repository.id)
  const opened = await opening.effect('open-issue')
  // Made before a crash, or before this store was: from now on it is known by its number too.
  if (ours !== null && opened?.status !== 'done')
    await opening.done('open-issue', String(ours.number))
  if (ours === null && opened?.status === 'done') return end(`#${opened.objectId} is gone`)
  const found = await lookAt(needs, seen)
  const told = { home, job, found, agent: settingsOf(seen.settings).agent }
  if (ours !== null) return keepUp(needs, { ...told, ours }, end)
  if (isClean(found)) return end('nothing to say')
  const queued = await takeTurn(needs, job.installation)
  if (queued !== null) return queued
  return end(`told in #${await openOnce(needs, told)}`)
}

function silentBecause({ closedBecause, settings }: AuditedRepository): string | null {
  if (closedBecause !== null) return closedBecause
  return settingsOf(settings).audit.mode === 'off' ? 'switched off by its settings' : null
}

async function lookAt(needs: AuditNeeds, seen: AuditedRepository): Promise<Audit> {
  const { contents, memory } = seen
  const own = { trusted: seen, contents }
  const { knowledge } = await withOwnPacks(needs.knowledge, settingsOf(seen.settings), own)
  const { catalog } = knowledge
  const of = { contents, at: 'head', most: MOST_FILES } as const
  const { integrations } = await takeInventory({ scan: needs.scan, catalog }, of)
  const entries = await judgeFolder(contents, memory)
  return auditOf({
    ...{ integrations, entries, providers: catalog.providers },
    days: {
      today: dayAfter(needs.clock, 0),
      factsUntil: dayAfter(needs.clock, FACT_DAYS),
      versionsUntil: dayAfter(needs.clock, VERSION_DAYS),
    },
  })
}

/** Somebody who reads weekly has then been told four times. */
const FACT_DAYS = 30
/** A version is changed with care: a quarter of a year ahead is not too early to hear of it. */
const VERSION_DAYS = 90
const DAY_MS = 86_400_000

function dayAfter(clock: AuditNeeds['clock'], days: number): string {
  return new Date(clock.now() + days * DAY_MS).toISOString().slice(0, 10)
}

const VALUE = 'weekly'

/** Ours by its author and its mark; where somebody took the mark out, by the number that is kept. */
async function ownIssue(
  { audits, markerKeys }: AuditNeeds,
  home: AuditHome,
  { installation, repository }: AuditJob,
): Promise<OwnIssue | null> {
  const opened = await audits.opening(installation, repository.id).effect('open-issue')
  const scope = { repositoryId: repository.id, pull: 0 }
  const issues = await home.ownIssues()
  const marked = issues.filter(({ body }) =>
    readMarkers(body, 'audit', scope, markerKeys).includes(VALUE),
  )
  const known = issues.find(({ number }) => String(number) === opened?.objectId)
  return marked[0] ?? known ?? null
}

interface Told {
  readonly home: AuditHome
  readonly job: AuditJob
  readonly found: Audit
  /** Whose memory it is. */
  readonly agent: string
}

/** Edits the issue where it no longer says what is so. */
async function keepUp(
  needs: AuditNeeds,
  { ours, ...told }: Told & { readonly ours: OwnIssue },
  end: End,
): Promise<WorkEnd> {
  const body = bodyOf(needs, told)
  // GitHub may hand line ends back as browsers write them.
  if (ours.body.replaceAll('\r\n', '\n') === body) return end(`#${ours.number} is as it was`)
  await told.home.editIssue(ours.number, body)
  return end(`#${ours.number} is brought up to date`)
}

/** Opens the issue once, whatever crashed before. */
async function openOnce(needs: AuditNeeds, told: Told): Promise<string> {
  const { audits, clock, visibilityMs } = needs
  const { home, job } = told
  const run = audits.opening(job.installation, job.repository.id)
  return effectOnce(
    { run, clock, visibilityMs },
    {
      step: 'open-issue',
      find: async () => (await ownIssue(needs, home, job))?.number.toString() ?? null,
      write: async () =>
        String(await home.openIssue({ title: AUDIT_TITLE, body: bodyOf(needs, told) })),
    },
  )
}

function bodyOf({ markerKeys, secrets }: AuditNeeds, { home, job, found, agent }: Told): string {
  const scope = { repositoryId: job.repository.id, pull: 0 }
  const mark = marker('audit', VALUE, scope, markerKeys)
  return redact(auditBody({ audit: found, webUrl: home.webUrl, agent, mark }), secrets).text
}
