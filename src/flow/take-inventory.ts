import type { FactUse } from '#core/facts/fact'
import { languageOf, unreadBecause } from '#core/facts/language'
import { pathFacts } from '#core/filter/file-kind'
import { createNoise } from '#core/filter/noise'
import { pathHits } from '#core/filter/path-hits'
import { buildIntegrations } from '#core/inventory/build-inventory'
import { CATALOG_LANGUAGE } from '#core/inventory/imported-names'
import type { Inventory } from '#core/inventory/inventory'
import { mayIntegrate, modulesIn } from '#core/inventory/may-integrate'
import { moduleAliases, namesModules } from '#core/inventory/module-aliases'
import { namesPackages } from '#core/inventory/packages'
import { createParties } from '#core/inventory/party'
import { homesOf } from '#core/inventory/repository-modules'
import type { Declared } from '#core/inventory/unknown-clients'
import type { Catalog } from '#core/providers/catalog'
import { type Code, type CodeFile, codeOf, factsOf } from '#core/rules/code'
import type { SourceText } from '#core/text/source-text'
import type { At, Contents, Scan } from '#flow/ports'
import { readSources } from '#flow/read-sources'

/** What an inventory is taken with. */
export interface InventoryNeeds {
  readonly scan: Pick<Scan, 'facts'>
  readonly catalog: Catalog
}

/** A repository at one commit, and what of it is looked at. */
export interface InventoryOf {
  readonly contents: Contents
  readonly at: At
  /** Paths that come before all others. */
  readonly first?: readonly string[]
  /** False for these paths alone. */
  readonly rest?: boolean
  /** The most files that are read, those that are called like an integration before others. */
  readonly most?: number
  /** Paths that nobody wants to be looked at. */
  readonly excluded?: (path: string) => boolean
}

/** Larger code is data: it is named and not looked at. */
const MAX_TEXT = 500_000
/** What stands in a tree and is no file of it. */
const NO_FILE = /^a (?:symbolic link|submodule)$/

/** Files that are read at once, so that a large repository does not fill the memory. */
const BATCH = 400

/** The code of a repository that speaks to other systems, with its facts. */
export interface IntegrationCode {
  readonly code: Code
  /** What the repository calls its own; null where only a part of it was looked at. */
  readonly declared: Declared | null
  readonly manifests: readonly SourceText[]
  readonly samples: readonly SourceText[]
  readonly unread: Inventory['unread']
}

/**
 * Reads what speaks to other systems. Everything that may is read and looked at by its words; only
 * what speaks of an integration is looked at by its syntax.
 */
export async function readIntegrationCode(
  needs: InventoryNeeds,
  of: InventoryOf,
  use: Exclude<FactUse, 'rules'>,
): Promise<IntegrationCode> {
  const paths = await wantedPaths(needs, of)
  const looked = await lookAt(needs, of, paths)
  const first = await needs.scan.facts(looked.candidates, use)
  const aliases = moduleAliases(looked.moduleNames)
  const known = { ...codeOf(looked.candidates, first.facts), aliases }
  const sharing = await readSources(of.contents, callersOfClients(known, looked.modules), of.at)
  const second = await needs.scan.facts(sharing, use)
  return {
    code: { aliases, files: new Map([...known.files, ...codeOf(sharing, second.facts).files]) },
    declared:
      of.rest !== false && of.most === undefined
        ? { types: looked.types, packages: ownPackages(paths, looked) }
        : null,
    manifests: looked.manifests,
    samples: looked.samples,
    unread: {
      languages: unreadLanguages(paths),
      files: [...looked.refused, ...first.failed, ...second.failed],
    },
  }
}

/** The integrations of a repository. */
export async function takeInventory(
  needs: InventoryNeeds,
  of: InventoryOf,
): Promise<Pick<Inventory, 'integrations' | 'unread'>> {
  const { declared, unread, ...read } = await readIntegrationCode(needs, of, 'inventory')
  return {
    integrations: buildIntegrations({
      ...read,
      catalog: needs.catalog,
      ...(declared === null ? {} : { declared }),
    }),
    unread,
  }
}

/** What is read and in which order; without a bound everything in the order of the listing. */
async function wantedPaths(
  { catalog }: InventoryNeeds,
  of: InventoryOf,
): Promise<readonly string[]> {
  const { first = [], rest = true, most = Number.POSITIVE_INFINITY, excluded = () => false } = of
  if (!rest) return first.filter(isLookedAt).slice(0, most)
  const { paths } = await of.contents.list(of.at)
  const bounded = Number.isFinite(most)
  // A bounded look spends no question on attributes.
  const noise = createNoise(bounded ? '' : await readAttributes(of))
  const others = paths.filter((path) => noise(path) === null && !excluded(path) && isLookedAt(path))
  const weight = (path: string) =>
    pathHits(path, catalog).reduce((most, hit) => Math.max(most, hit.weight), 0)
  const ordered = bounded
    ? others
        .map((path) => ({ path, weight: weight(path) }))
        .sort((a, b) => b.weight - a.weight)
        .map(({ path }) => path)
    : others
  return [...new Set([...first.filter(isLookedAt), ...ordered])].slice(0, most)
}

function isLookedAt(path: string): boolean {
  const { kind, test, stand } = pathFacts(path)
  if (test || stand) return false
  return kind === 'source' || kind === 'view' || kind === 'env-sample' || isManifest(path)
}

const isManifest = (path: string) => namesPackages(path) || namesModules(path)

/** Those of the default branch: a branch could hide its own files. */
async function readAttributes({ contents }: InventoryOf): Promise<string> {
  const [attributes] = await readSources(contents, ['.gitattributes'], 'tip')
  return attributes?.text ?? ''
}

/** What a first look gave: files to look at closely, and what the others import. */
interface Looked {
  readonly candidates: SourceText[]
  readonly manifests: SourceText[]
  readonly samples: SourceText[]
  /** Files that say what module names stand for. */
  readonly moduleNames: SourceText[]
  /** What could not be read as text, or is too large to look at. */
  readonly refused: { readonly path: string; readonly because: string }[]
  readonly modules: Map<string, readonly string[]>
  /** Types that the code declares. */
  readonly types: Set<string>
}

async function lookAt(
  { catalog }: InventoryNeeds,
  of: InventoryOf,
  paths: readonly string[],
): Promise<Looked> {
  const knowledge = { catalog, partyOf: createParties(catalog) }
  const looked: Looked = {
    candidates: [],
    manifests: [],
    samples: [],
    moduleNames: [],
    refused: [],
    modules: new Map(),
    types: new Set(),
  }
  for (let at = 0; at < paths.length; at += BATCH) {
    const asked = paths.slice(at, at + BATCH)
    for (const [path, content] of await of.contents.read(asked, of.at)) {
      if (content.kind === 'text') sortIn({ path, text: content.text }, looked, knowledge)
      else if (content.kind === 'refused' && !NO_FILE.test(content.because))
        looked.refused.push({ path, because: content.because })
    }
  }
  return looked
}

/** Packages of the workspace by their manifests, and what Python can import from the repository. */
function ownPackages(paths: readonly string[], { manifests }: Looked): ReadonlySet<string> {
  const named = manifests
    .filter(({ path }) => path.endsWith('package.json'))
    .flatMap(({ text }) => /^\s{2,4}"name"\s*:\s*"([^"]{1,200})"/m.exec(text)?.[1] ?? [])
  const python = paths
    .filter((path) => path.endsWith('.py'))
    .flatMap((path) => path.replace(/\.py$/, '').split('/'))
  return new Set([...named, ...python])
}

const DECLARES_TYPE = /\b(?:class|interface|struct|record|object|trait)\s+([A-Z]\w{1,80})/g

function sortIn(
  file: SourceText,
  looked: Looked,
  knowledge: Parameters<typeof mayIntegrate>[2],
): void {
  if (namesPackages(file.path)) looked.manifests.push(file)
  if (namesModules(file.path)) looked.moduleNames.push(file)
  if (pathFacts(file.path).kind === 'env-sample') looked.samples.push(file)
  const language = languageOf(file.path)
  if (language === null) return
  const registry = CATALOG_LANGUAGE[language]
  for (const [, name = ''] of file.text.matchAll(DECLARES_TYPE)) looked.types.add(name)
  if (file.text.length > MAX_TEXT) {
    looked.refused.push({ path: file.path, because: `it is longer than ${MAX_TEXT} characters` })
  } else if (mayIntegrate(file.text, registry, knowledge)) looked.candidates.push(file)
  else if (registry === 'js' || registry === 'python')
    looked.modules.set(file.path, modulesIn(file.text, registry))
}

/** Files that import a file in which a client is made: they may call it without naming its SDK. */
function callersOfClients(code: Code, modules: Looked['modules']): readonly string[] {
  const homes = new Set([...code.files.values()].filter(makesClients).map(({ path }) => path))
  return [...modules].flatMap(([path, named]) => {
    const language = path.endsWith('.py') ? 'python' : 'typescript'
    const imports = named.some((module) =>
      homesOf(path, module, language, code.aliases).some((candidate) => homes.has(candidate)),
    )
    return imports ? [path] : []
  })
}

const makesClients = (file: CodeFile) =>
  factsOf(file, 'client-construction').some(({ captures }) => captures['ctor'] !== 'default')

/** The languages of the code that has no facts, by the name that people know. */
function unreadLanguages(paths: readonly string[]): string[] {
  const names = paths
    .filter((path) => pathFacts(path).kind === 'source' && languageOf(path) === null)
    .map((path) => /^no rules for (.+)$/.exec(unreadBecause(path))?.[1] ?? '')
    .filter((name) => name !== '' && !name.startsWith('.') && name !== 'this kind of file')
  return [...new Set(names)].sort()
}
