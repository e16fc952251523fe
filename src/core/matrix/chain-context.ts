import type { Chain } from '#core/matrix/chains'
import { typeOf } from '#core/matrix/functions-called'
import { quietOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'

/** Calls that by their name go to another system. */
export const REMOTE_HEAD =
  /^(?:Http::|Mail::|Storage::disk|axios\b|fetch$|ky\b|got\b|requests\.|httpx\.|aiohttp\.|HTTParty\.|Faraday\.|RestClient\.|Net::HTTP|reqwest::|http\.(?:Get|Post|PostForm|Do)$)/

/** What is called through something that by its type or name speaks to another system. */
export function isClientOf({ file, head }: Chain): boolean {
  const owner = head.split(/\?\.|!\.|\.|->|::|&\./).at(-2) ?? ''
  const type = typeOf(file, owner) ?? ''
  return (
    /(?:Client|Api|API|Gateway|Sdk|SDK|Mailer|Fetcher)$/.test(type) ||
    /(?:[a-z]Client|[a-z]Api|_client|_api|[mM]ailer|[gG]ateway|[pP]rovisioner|[nN]otifier)$/.test(
      owner,
    )
  )
}

const ADDS = /\.(?:[aA]dd\w*|persist)\(\s*&?([\w.$]+)\s*\)/g

/** The rows that a session was given before it writes them; all that stands before, where none shows. */
function addedBefore({ file, start: at }: Chain, start: number): string {
  const { text, code } = quietOf(file)
  const from = Math.max(start, at - 700)
  const before = code.slice(from, at)
  const made = [...before.matchAll(ADDS)].map(([, name = '']) =>
    before.search(new RegExp(`(?<![\\w$])${RegExp.escape(name)}\\s*=(?!=)`)),
  )
  // A row that is added in place, or made further up, may be anything that stands before.
  if (made.length === 0 || made.includes(-1)) return text.slice(from, at)
  return text.slice(from + Math.min(...made), at)
}

/** What was put together before it is stored: `db.Add(new Delivery { Payload = body })`, `const row = { … }`. */
export function madeBefore(chain: Chain, start: number): string {
  const { text, code } = quietOf(chain.file)
  const last = chain.names.at(-1) ?? ''
  if (/^(?:SaveChanges\w*|commit|flush|save!?|save_\w+)$/.test(last))
    return addedBefore(chain, start)
  const names = [...chain.text.matchAll(/[(,]\s*&?([a-z_$]\w*)\s*(?=[,)])/g)].map(
    ([, name = '']) => name,
  )
  const before = code.slice(Math.max(start, chain.start - 2_500), chain.start)
  const from = Math.max(start, chain.start - 2_500)
  return names
    .flatMap((name) => {
      const at = before.search(
        new RegExp(`(?<![\\w$])${RegExp.escape(name)}\\b[^=\\n]{0,40}=(?!=)`),
      )
      if (at < 0) return []
      const made = statementAt('function', chain.file, from + at)
      return [text.slice(made.start, Math.min(made.end, chain.start))]
    })
    .join('\n')
}
