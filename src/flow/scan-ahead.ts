import { languageOf } from '#core/facts/language'
import { CATALOG_LANGUAGE } from '#core/inventory/imported-names'
import { modulesIn } from '#core/inventory/may-integrate'
import { homesOf } from '#core/inventory/repository-modules'
import type { SourceText } from '#core/text/source-text'
import type { Contents, Scan } from '#flow/ports'
import { readSources } from '#flow/read-sources'
import type { Scope } from '#flow/select'

/** Imported files that are scanned with the change; the rest is scanned when its turn comes. */
const MAX_AROUND = 80

/**
 * A scan whose first run takes along what will be asked for next: the files before the change, and
 * what they seem to import by their words. Starting the scanner takes longer than reading a file.
 *
 * @param scan one that remembers what it has scanned
 */
export function scanAhead(
  scan: Scan,
  contents: Pick<Contents, 'read' | 'list'>,
  scope: Pick<Scope, 'files' | 'head'>,
): Scan {
  const ahead = scanAround(scan, contents, scope)
  // It is only ahead: what fails here fails again for whoever needs it.
  const tried = ahead.catch(() => undefined)
  return {
    ...scan,
    async facts(sources, use) {
      await tried
      return scan.facts(sources, use)
    },
  }
}

async function scanAround(
  scan: Scan,
  contents: Pick<Contents, 'read' | 'list'>,
  { files, head }: Pick<Scope, 'files' | 'head'>,
): Promise<void> {
  if (head.length === 0) return
  const before = files.flatMap(({ path, previousPath, change }) =>
    change === 'added' ? [] : [previousPath ?? path],
  )
  const [base, around] = await Promise.all([
    readSources(contents, before, 'base'),
    readImported(contents, head),
  ])
  await scan.facts([...head, ...base, ...around], 'review')
}

async function readImported(
  contents: Pick<Contents, 'read' | 'list'>,
  head: readonly SourceText[],
): Promise<readonly SourceText[]> {
  const own = new Set(head.map(({ path }) => path))
  const homes = new Set(head.flatMap(homesIn))
  if (homes.size === 0) return []
  const { paths } = await contents.list('head')
  const existing = paths.filter((path) => homes.has(path) && !own.has(path))
  return readSources(contents, existing.slice(0, MAX_AROUND), 'head')
}

/** Where the modules that a text names may stand. */
function homesIn({ path, text }: SourceText): readonly string[] {
  const language = languageOf(path)
  if (language === null) return []
  return modulesIn(text, CATALOG_LANGUAGE[language]).flatMap((module) =>
    homesOf(path, module, language),
  )
}
