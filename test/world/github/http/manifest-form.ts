import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Manifest, State } from '../state.ts'

const FORM = /^\/(?:organizations\/[A-Za-z0-9-]+\/)?settings\/apps\/new(?:\?|$)/
const HOUR_MS = 3_600_000

/** Whether a browser posts a manifest, to an account's own page or an organisation's. */
export function isManifestForm({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && FORM.test(url)
}

/**
 * Plays GitHub's page for a manifest together with the person who confirms it at once: the browser
 * goes back to `redirect_url` with a code and the state that it came with. What GitHub refuses on
 * that page is refused with 422.
 * https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
export async function respondManifestForm(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = new URLSearchParams(await text(request))
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const complaint = isForm ? complaintAbout(form.get('manifest') ?? '') : 'not a form'
  if (complaint !== null) {
    response.writeHead(422, { 'content-type': 'text/plain' }).end(`Invalid manifest: ${complaint}`)
    return
  }
  const manifest = JSON.parse(form.get('manifest') ?? '') as Manifest
  const code = randomBytes(20).toString('hex')
  state.manifestCodes.set(code, { manifest, expiresAt: state.now() + HOUR_MS })
  const back = new URL(manifest.redirect_url)
  back.searchParams.set('code', code)
  const came = new URL(request.url ?? '/', 'http://localhost').searchParams.get('state')
  if (came !== null) back.searchParams.set('state', came)
  response.writeHead(302, { location: back.href }).end()
}

/** The parameters that GitHub documents for a manifest; anything else is refused as a slip. */
const KNOWN = new Set([
  'name',
  'url',
  'hook_attributes',
  'redirect_url',
  'callback_urls',
  'setup_url',
  'description',
  'public',
  'default_events',
  'default_permissions',
  'request_oauth_on_install',
  'setup_on_update',
])
const PERMISSION_LEVELS = new Set(['read', 'write', 'admin'])
const LONGEST_NAME = 34

function complaintAbout(text: string): string | null {
  let manifest: Partial<Manifest>
  try {
    manifest = JSON.parse(text)
  } catch {
    return 'no JSON'
  }
  const unknown = Object.keys(manifest).filter((key) => !KNOWN.has(key))
  if (unknown.length > 0) return `unknown ${unknown.join(', ')}`
  const { name = '', url = '', hook_attributes: hook, redirect_url: back = '' } = manifest
  if (name.length > LONGEST_NAME) return 'name is too long'
  for (const address of [url, hook?.url ?? '', back]) {
    if (!/^https?:$/.test(URL.parse(address)?.protocol ?? '')) return `"${address}" is no address`
  }
  const levels = Object.values(manifest.default_permissions ?? {})
  if (!levels.every((level) => PERMISSION_LEVELS.has(level)))
    return 'a permission of no known level'
  return null
}
