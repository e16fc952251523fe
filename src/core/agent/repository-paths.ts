import { escapeLine, hasHidden } from '#core/text/hidden-characters'
import { byteLength, clip } from '#core/text/lines'

/** File systems end there, and so does every honest path. */
const MAX_SEGMENT_BYTES = 255
const MAX_PATH_BYTES = 4_096

/** One-dot leaders, full-width dots and slashes, division slashes: written to pass for others. */
const LOOKALIKES = /[\u2024\u2025\uFF0E\uFF0F\uFF3C\u2044\u2215\u29F8]/

/**
 * Why a path that the model or a file wrote does not name a file of the repository; null when it
 * may. Paths are looked up in git's own tree, never in a file system, so this only keeps out what
 * no tree contains and what tries to leave it.
 */
export function faultOfPath(path: string): string | null {
  if (path === '') return 'the path is empty'
  if (byteLength(path) > MAX_PATH_BYTES) return 'the path is too long'
  if (hasHidden(path) || /[\n\r\t]/.test(path)) return 'the path has hidden characters'
  if (LOOKALIKES.test(path)) return 'the path has look-alikes of dots or slashes'
  if (path.includes('\\')) return 'use forward slashes'
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return 'the path is a URL or a drive'
  if (path.startsWith('/') || path.startsWith('~')) {
    return 'the path must be relative to the repository'
  }
  if (/%(?:2e|2f|5c|00|25)/i.test(path)) return 'the path has encoded characters'
  return faultOfSegments(path.split('/'))
}

function faultOfSegments(segments: readonly string[]): string | null {
  for (const segment of segments) {
    if (segment === '') return 'the path has an empty segment'
    if (/^\.{1,2}$/.test(segment.trim())) return 'the path may not contain "." or ".."'
    if (segment.toLowerCase() === '.git') return 'the .git folder is not part of the repository'
    if (byteLength(segment) > MAX_SEGMENT_BYTES) return 'a segment of the path is too long'
  }
  return null
}

/**
 * Files whose purpose is to hold credentials. They are neither sent to the model nor searched,
 * whatever they contain today. Source files that deal with credentials are not among them.
 */
const DENIED_NAMES: readonly RegExp[] = [
  /^\.env/,
  /\.(?:pem|p12|pfx|jks|keystore|key|ppk|kdbx|gpg|tfstate|ovpn)$/,
  /^id_[^.]*(?:\.pub)?$/,
  /^credentials[^.]*(?:\.(?:json|ya?ml|xml|ini|csv|txt|toml|properties|enc|cfg|conf|bak))*$/,
  /^(?:secrets?|service[-_]?account[^.]*|client[-_]secret[^.]*)\.(?:json|ya?ml|xml|ini|toml|properties|enc)$/,
  /^\.(?:npmrc|pypirc|netrc|htpasswd|git-credentials|dockercfg|pgpass|my\.cnf|yarnrc\.yml)$/,
  /^_netrc$/,
  /^\.vault[-_]token$/,
]
const DENIED_FOLDERS = new Set(['.ssh', '.aws', '.gnupg', '.docker', '.kube'])

/** Whether a path is kept from the model because such files hold credentials. */
export function isWithheld(path: string): boolean {
  const segments = path.toLowerCase().split('/')
  const name = segments.pop() ?? ''
  return segments.some((s) => DENIED_FOLDERS.has(s)) || DENIED_NAMES.some((n) => n.test(name))
}

/** A path as it can be shown on one line. */
export function showPath(path: string): string {
  return clip(escapeLine(path), 255)
}
