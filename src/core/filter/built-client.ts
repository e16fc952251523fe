import { type Hit, hitAt } from '#core/filter/hit'
import type { CodeLine } from '#core/filter/read-lines'

/** Reading a key of an outside system from the environment. */
const KEY =
  /(?:process\.env|import\.meta\.env|\benv|\bENV|environ|getenv|Getenv|env_var|Deno\.env)\W{1,6}(?:get\W{1,3}|fetch\W{1,3})?([A-Z][A-Z0-9_]{2,60}_(?:API_?KEY|API_?TOKEN|ACCESS_?TOKEN|AUTH_?TOKEN|TOKEN|API_?SECRET|SECRET_?KEY|KEY|DSN))\b/
/** Keys of one's own sessions, database and cache open no outside system. */
const OWN =
  /^(?:APP|SESSION|JWT|AUTH|NEXTAUTH|COOKIE|CSRF|ENCRYPTION|DJANGO|RAILS|FLASK|ADMIN|CRON|INTERNAL|SECRET|TEST|E2E)_|REDIS|DATABASE|POSTGRES|MYSQL|MONGO|CACHE|_DB_/
const BUILD =
  /(?:\bnew\s+|=\s*(?:await\s+)?|\breturn\s+)([A-Z]\w{1,40}(?:(?:\.|::)(?:new|New\w*|create\w*|from\w*))?)\s*\(|\b(create[A-Z]\w{1,40}|\w{1,40}\.New\w{0,40})\s*\(/
/** Values that are made of a setting, and settings themselves. */
const NO_CLIENT =
  /^(?:String|Number|Boolean|URL|Error|Buffer|Date|RegExp|Map|Set|Headers|TextEncoder|Field|Secret\w*|Config\w*|\w*Settings|\w*Error|\w*Exception|createHmac|createHash|createSecretKey)\b/
/** A key stands at most this far below the call that it is handed to. */
const REACH = 5

/** Clients that are made with a key from the environment, whatever library they are of. */
export function builtClients(lines: readonly CodeLine[]): readonly Hit[] {
  return lines.flatMap((line, at) => {
    const key = KEY.exec(line.text)?.[1]
    if (key === undefined || OWN.test(key)) return []
    const client = builtAbove(lines, at)
    if (client === null) return []
    const detail = `makes a ${client} with ${key}`
    return [hitAt(line, { signal: 'sdk', detail, weight: 0.5, reach: 'file' })]
  })
}

function builtAbove(lines: readonly CodeLine[], at: number): string | null {
  for (let row = at; row >= Math.max(0, at - REACH); row -= 1) {
    const text = lines[row]?.text ?? ''
    const [, made, created] = BUILD.exec(text) ?? []
    const client = made ?? created
    if (client !== undefined) return NO_CLIENT.test(client) ? null : client
    if (row < at && /^\s*\}?\s*$|[;]\s*$/.test(text)) return null
  }
  return null
}
