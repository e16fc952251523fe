import type { Integration } from '#core/inventory/inventory'
import type { Learning } from '#core/memory/memory'

/** More than this in one review is a catalogue, not a memory. */
const MAX_LEARNINGS = 40

const CREDENTIAL = /KEY|SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|DSN|_SID\b|CLIENT_ID/i

interface Sentence {
  readonly text: string
  readonly path: string
  readonly line: number
}

/**
 * What an inventory says about a repository's integrations, as sentences to remember: the services
 * and how they are called, their credentials, webhook endpoints and who checks the sender,
 * timeouts, retries and pinned versions. Each is said once, at its first line.
 */
export function inventoryLearnings(integrations: readonly Integration[]): Learning[] {
  const learnings = new Map<string, Learning>()
  for (const one of integrations) {
    const topic = one.kind === 'provider' ? one.id : 'integrations'
    for (const { text, path, line } of sentencesAbout(one)) {
      const citation = { path, line }
      if (!learnings.has(text)) learnings.set(text, { topic, text, citation, source: 'inventory' })
    }
  }
  return [...learnings.values()].slice(0, MAX_LEARNINGS)
}

/** In the order of their places, so that a file's sentences stand together. */
function sentencesAbout(one: Integration): readonly Sentence[] {
  return [
    ...callers(one),
    ...settings(one),
    ...versions(one),
    ...credentials(one),
    ...endpoints(one),
    ...checks(one),
  ].sort((a, b) => (a.path === b.path ? a.line - b.line : compare(a.path, b.path)))
}

/** `Stripe is called through `stripe` in `src/pay.ts`.`, by what stands before the first dot. */
function callers({ kind, name, clients, sites }: Integration): readonly Sentence[] {
  if (kind === 'unaddressed') return []
  const calls = sites
    .filter(({ direction }) => direction !== 'inbound-webhook' && direction !== 'queue-consumer')
    .map(({ what, path, line }) => ({ through: what.split('.')[0] ?? '', path, line }))
  const made = clients.map(({ name: through, path, line }) => ({ through, path, line }))
  return [...made, ...calls].flatMap(({ through, path, line }) => {
    const called = code(through)
    return called === null
      ? []
      : [{ text: `${name} is called through ${called} in \`${path}\`.`, path, line }]
  })
}

function settings({ name, clients }: Integration): readonly Sentence[] {
  return clients.flatMap(({ name: client, settings: set, path, line }) => {
    const called = code(client)
    if (called === null || set.length === 0) return []
    const listed = set.map((one) => `\`${one}\``).join(', ')
    return [{ text: `The ${name} client ${called} in \`${path}\` sets ${listed}.`, path, line }]
  })
}

function versions({ name, apiVersions, clients }: Integration): readonly Sentence[] {
  return apiVersions.map(({ version, path, line }) => {
    const client = clients.find((one) => one.path === path)
    const called = client === undefined ? null : code(client.name)
    const who =
      called === null ? `The code in \`${path}\`` : `The ${name} client ${called} in \`${path}\``
    const whose = called === null ? ` of ${name}` : ''
    return { text: `${who} pins API version \`${version}\`${whose}.`, path, line }
  })
}

function credentials({ name, env }: Integration): readonly Sentence[] {
  return env.flatMap(({ name: key, path, line }) => {
    const called = code(key)
    if (called === null || !CREDENTIAL.test(key) || /(?:^|\/)\.env|\.env(?:\.|$)/.test(path))
      return []
    const text = `The ${name} credential ${called} comes from the environment in \`${path}\`.`
    return [{ text, path, line }]
  })
}

function endpoints({ kind, name, sites }: Integration): readonly Sentence[] {
  const whose = kind === 'unaddressed' ? 'A webhook' : `The ${name} webhook`
  return sites
    .filter(({ direction }) => direction === 'inbound-webhook')
    .flatMap(({ what, path, line }) => {
      const route = code(what.replace(/^[A-Z]+ /, ''))
      return route === null || !route.includes('/')
        ? []
        : [{ text: `${whose} endpoint ${route} is handled in \`${path}\`.`, path, line }]
    })
}

function checks({ kind, name, checks: found }: Integration): readonly Sentence[] {
  const whose = kind === 'unaddressed' ? 'Requests' : `${name} requests`
  return found.flatMap(({ call, path, line }) => {
    const called = code(call)
    return called === null
      ? []
      : [{ text: `${whose} in \`${path}\` are checked with ${called}.`, path, line }]
  })
}

/** A short piece of source code as a code span; null when it is more than a name or a path. */
function code(text: string): string | null {
  return /^[\w$.:/{}<>*-]{1,80}$/.test(text) ? `\`${text}\`` : null
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
