import { type Hit, hitAt } from '#core/filter/hit'
import type { CodeLine } from '#core/filter/read-lines'
import type { Catalog } from '#core/providers/catalog'

const URL_HOST =
  /\b(?:https?|wss?|amqps?|sftp|ftps?|smtps?|imaps?|ldaps?|grpcs?|nats|mqtts?):\/\/([\w.-]{1,250})(\/[\w./-]{0,60})?/g
const BARE_HOST = /['"`]((?:[\w-]{1,60}\.){1,6}[a-z]{2,12})(?=[/'"`:])/g

/** Hosts that are named in code without being talked to: documents, schemas, one's own machine. */
const NO_PARTNER =
  /^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|example\.|.*\.example(?:\.\w+)?$|.*\.(?:test|local|localhost|invalid)$|(?:.*\.)?example\.(?:com|org|net)$|(?:www\.)?w3\.org|schemas?\.|json-schema\.org|xmlns\.|.*\.npmjs\.(?:org|com)$|.*\.yarnpkg\.com$|fonts\.|(?:www\.)?apache\.org|opensource\.org|creativecommons\.org|(?:www\.)?github\.com$|(?:www\.)?gitlab\.com$|docs?\.|developers?\.|support\.|help\.|(?:www\.)?stackoverflow\.com|(?:\w+\.)?wikipedia\.org|mozilla\.org|www\.|cdn\.|unpkg\.com|.*jsdelivr\.net|blog\.|learn\.|proxy\.golang\.org|pypi\.org|rubygems\.org|crates\.io|status\.|dashboard\.|purl\.|ns\.|tools\.ietf\.org|datatracker\.|.*\.rfc-editor\.org)/
const API_LIKE =
  /^(?:api|apis|hooks|graph|oauth2?|auth|login|accounts|rest|gateway|sandbox|webhooks?|events)[.-]|\.api\.|api\.\w+$|apis\.com$/
const API_PATH = /^\/(?:api|rest|v\d|graphql|oauth2?|services)\b/

/** Hosts of pages and packages, some of which also answer programs. */
const ASKED =
  /^(?:crates\.io|pypi\.org|rubygems\.org|registry\.npmjs\.org|(?:www\.)?gitlab\.com|(?:\w+\.)?wikipedia\.org)/

/** What a page may load is told to browsers; nobody is called. */
const PAGE_POLICY =
  /\b(?:script|style|img|font|frame|child|media|object|worker|connect|default|form)-(?:src|action)\b/

/** Hosts in the string literals of a line, a provider's own first. */
export function hostHits(line: CodeLine, catalog: Catalog): readonly Hit[] {
  if (!line.text.includes('.') || PAGE_POLICY.test(line.text)) return []
  if (line.text.includes('://')) {
    return [...line.text.matchAll(URL_HOST)].flatMap((match) => urlHit(match, line, catalog) ?? [])
  }
  return bareHits(line, catalog)
}

/** A host name alone in quotes counts only when a provider is known to own it. */
function bareHits(line: CodeLine, catalog: Catalog): readonly Hit[] {
  return [...line.text.matchAll(BARE_HOST)].flatMap(([, host = '']) => {
    const provider = catalog.byHost(host)
    return provider === null ? [] : [hitOf(line, host, 0.5, provider)]
  })
}

function urlHit(
  [url, host = '', path = '']: RegExpExecArray,
  line: CodeLine,
  catalog: Catalog,
): Hit | null {
  const provider = catalog.byHost(host)
  if (provider !== null) return hitOf(line, host, 0.55, provider)
  const asked = ASKED.test(host.toLowerCase()) && /^\/(?:api|graphql|rest)\b/.test(path)
  if ((NO_PARTNER.test(host.toLowerCase()) && !asked) || !host.includes('.')) return null
  if (!url.startsWith('http')) return hitOf(line, url, 0.4, null)
  return hitOf(line, host, API_LIKE.test(host) || API_PATH.test(path) ? 0.45 : 0.15, null)
}

function hitOf(line: CodeLine, host: string, weight: number, provider: string | null): Hit {
  return hitAt(line, { signal: 'host', detail: host, weight, reach: 'part', provider })
}
