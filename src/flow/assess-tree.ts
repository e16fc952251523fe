import { diffTexts } from '#core/diff/diff-texts'
import { buildIntegrations } from '#core/inventory/build-inventory'
import type { Integration, Inventory } from '#core/inventory/inventory'
import { buildMatrix, type Rows } from '#core/matrix/build-matrix'
import { groupRisks, type Risk } from '#core/onboarding/group-risks'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { checkRules } from '#flow/check-rules'
import type { Knowledge } from '#flow/knowledge'
import type { Contents, Log, Scan } from '#flow/ports'
import { readSources } from '#flow/read-sources'
import { readIntegrationCode } from '#flow/take-inventory'

/** What a whole tree is assessed with. */
export interface AssessNeeds {
  readonly scan: Pick<Scan, 'facts' | 'secrets'>
  readonly knowledge: Knowledge
  readonly log: Pick<Log, 'info'>
}

/** What stands in a repository today, before anything of it is reviewed. */
export interface Assessment {
  readonly integrations: readonly Integration[]
  readonly rows: Rows
  readonly risks: readonly Risk[]
  readonly unread: Inventory['unread']
}

/** Of a larger repository so many files are read, those that are called like an integration first. */
const MOST_FILES = 5_000
/** Files that the rules judge at most, those with the most integration code first. */
const MOST_JUDGED = 300

/**
 * Looks at the integration code of a whole tree: who is spoken to, what protects it, and which
 * defects the rules see in it. Null where the repository speaks to nobody: nothing is to be said.
 */
export async function assessTree(
  { scan, knowledge, log }: AssessNeeds,
  contents: Contents,
): Promise<Assessment | null> {
  const { catalog, providers, rules } = knowledge
  const { paths } = await contents.list('head')
  const bound = paths.length > MOST_FILES ? { most: MOST_FILES } : {}
  const { code, declared, unread, ...read } = await readIntegrationCode(
    { scan, catalog },
    { contents, at: 'head', ...bound },
    'matrix',
  )
  const seen = { code, catalog, ...(declared === null ? {} : { declared }) }
  const integrations = buildIntegrations({ ...read, ...seen })
  if (!integrations.some(isSpokenTo)) return null
  const rows = buildMatrix({ ...seen, providers })
  const judged = await readSources(contents, judgedPaths(integrations), 'head')
  const { claims } = await checkRules(
    { scan, contents, log },
    {
      files: judged.map(({ path, text }) => diffTexts(path, null, text)),
      head: judged,
      rules,
      providers,
      settings: DEFAULT_SETTINGS,
    },
  )
  return { integrations, rows, risks: groupRisks(claims), unread }
}

/** A dependency that nothing uses is no integration, and neither is a call to who knows whom. */
function isSpokenTo({ kind, sites }: Integration): boolean {
  return sites.some(({ direction }) => kind !== 'unaddressed' || direction === 'inbound-webhook')
}

function judgedPaths(integrations: readonly Integration[]): readonly string[] {
  const places = integrations.flatMap(({ sites, clients, checks }) => [
    ...sites,
    ...clients,
    ...checks,
  ])
  const byPath = [...Map.groupBy(places, ({ path }) => path)]
  return byPath
    .sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1))
    .slice(0, MOST_JUDGED)
    .map(([path]) => path)
}
