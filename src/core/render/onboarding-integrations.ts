import { type Integration, UNADDRESSED } from '#core/inventory/inventory'
import { directionsOf } from '#core/render/inventory-words'
import { inventoryDiagram } from '#core/render/markdown-inventory'
import { cell, filledTable, type Link, linker } from '#core/render/onboarding-table'
import { codeBlock } from '#core/render/safe-markdown'
import { countWords } from '#core/render/verdict'

const MAX_INTEGRATIONS = 25
const MAX_PLACES = 4

/** Whom the repository speaks to, as the table of an introduction, and as a diagram. */
export function integrationSection({
  integrations,
  webUrl,
  commit,
}: {
  readonly integrations: readonly Integration[]
  readonly webUrl: string
  readonly commit: string
}): string {
  const used = integrations.filter(({ sites }) => sites.length > 0)
  const named = used.filter(({ kind }) => kind !== UNADDRESSED)
  const unnamed = used.filter(({ kind }) => kind === UNADDRESSED)
  const shown = named.slice(0, MAX_INTEGRATIONS)
  const rest = named.length - shown.length
  const link = linker(webUrl, commit)
  const rows = shown.map((one) => {
    const first = firstOf(one)
    const where = first === undefined ? '' : link(first)
    return [nameOf(one), directionsOf(one), where, versionOf(one)]
  })
  return [
    '### Integrations',
    filledTable(
      ['with', 'what', 'for one at', 'version'].map((head) => ({ head })),
      rows,
    ),
    rest === 0 ? '' : `and ${countWords(rest, 'other')}`,
    ...unnamed.map((one) => unnamedLine(one, link)),
    named.length < 2 ? '' : folded('As a diagram', codeBlock(inventoryDiagram(named), 'mermaid')),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** What somebody else calls comes first: it is what an attacker finds, too. */
function firstOf({ sites }: Integration): Integration['sites'][number] | undefined {
  return sites.find(({ direction }) => direction === 'inbound-webhook') ?? sites[0]
}

function nameOf({ kind, name }: Integration): string {
  return kind === 'library' ? `whoever ${cell(name)} speaks to` : cell(name)
}

/** Calls whose address comes from elsewhere say little one by one; who is let in is worth a look. */
function unnamedLine(one: Integration, link: Link): string {
  const entrances = one.sites.filter(({ direction }) => direction === 'inbound-webhook')
  const shown = entrances.slice(0, MAX_PLACES).map((site) => `${cell(site.what)} ${link(site)}`)
  const more = entrances.length - shown.length
  const open = [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  const where = entrances.length === 0 ? '' : ` Webhooks among them: ${open}.`
  return `Besides, ${directionsOf(one)} whose other side the code does not name.${where}`
}

/** The pinned API version, else the package; in a few letters. */
function versionOf({ apiVersions, sdks }: Integration): string {
  const [api] = apiVersions
  if (api !== undefined) return `API ${cell(api.version)}`
  const [sdk] = sdks
  if (sdk === undefined) return ''
  const version = sdk.locked ?? sdk.declared
  return cell(version === null ? sdk.package : `${sdk.package} ${version}`)
}

function folded(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`
}
