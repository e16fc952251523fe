/** Names below a country under which anybody may have a domain: `co.uk`, `com.au`. */
const OPEN_TO_ALL = /^(?:ac|co|com|edu|gob|gov|gouv|ne|net|or|org)\.[a-z]{2}$/

/**
 * Domains below which a provider's customers have hosts of their own. The whole list of such
 * suffixes (https://publicsuffix.org) has thousands; these are the ones that people deploy to.
 */
const OF_CUSTOMERS: ReadonlySet<string> = new Set([
  'azurewebsites.net',
  'cloudfront.net',
  'execute-api.amazonaws.com',
  'firebaseapp.com',
  'fly.dev',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'netlify.app',
  'ngrok-free.app',
  'ngrok.app',
  'ngrok.io',
  'onrender.com',
  'pages.dev',
  'run.app',
  'up.railway.app',
  'vercel.app',
  'web.app',
  'workers.dev',
])

/** Whether a host, or what stands behind its `*.`, is a place where many owners have theirs. */
export function isSharedHost(host: string): boolean {
  const name = host.replace(/^\*\./, '')
  return OPEN_TO_ALL.test(name) || OF_CUSTOMERS.has(name)
}
