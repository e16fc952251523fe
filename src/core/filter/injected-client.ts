import { type Hit, hitAt } from '#core/filter/hit'
import type { CodeLine } from '#core/filter/read-lines'

/** A type that is named as the client of a system: `IPlexApi`, `BillingClient`, `SmsGateway`. */
const TYPE = String.raw`I?[A-Z][a-z0-9]\w{1,40}(?:Api|API|Client|Gateway|Connector)(?:V\d)?`
/** Handed to the class or kept by it: before the name, behind it, or asked of a container. */
const HANDED: readonly RegExp[] = [
  new RegExp(String.raw`(?<![\w.])(${TYPE})\??\s+[_$]?[a-z]\w{0,60}\s*(?:[;,)=]|$)`),
  new RegExp(String.raw`\b[_a-z]\w{0,60}\??\s*:\s*\??(${TYPE})\??\s*(?:[;,)=]|$)`),
  new RegExp(String.raw`<(${TYPE})>\s*\(`),
]
/** Clients of the program's own parts, of a user's browser, of what runs beside it. */
const OWN =
  /^I?(?:\w{0,40}(?:Redis|Dynamo|Mongo|Cosmos|Firestore|Postgres|Cassandra|Elasticsearch|FoundationDb)\w{0,40}|Query|Test|Prisma|Db|Sql|Pg|Database|Cache|Thin|Rich|Web|Own|Internal|Local|Rest|Public|Private|Admin|User|Base|Abstract|Mock|Fake|Supabase|Apollo|Elastic|Elasticsearch|Search|Chat|Socket|Server|Docker|Kubernetes|FusedLocation|Location|Geofencing|Settings|Sensor)(?:Api|API|Client|Gateway|Connector)/
const MAY_NAME = /(?:Api|API|Client|Gateway|Connector)(?:V\d)?\b/
const WEIGHT = 0.36
/** Clients are also what one keeps one's own rows with. */
const CLIENT_WEIGHT = 0.22

/** Clients that somebody else made and that this code is given to use, as frameworks inject them. */
export function injectedClients(line: CodeLine): readonly Hit[] {
  const { text } = line
  if (!MAY_NAME.test(text) || /^\s*(?:import|using|use|export|from)\b/.test(text)) return []
  for (const pattern of HANDED) {
    const name = pattern.exec(text)?.[1]
    if (name === undefined || OWN.test(name)) continue
    const detail = `is given a ${name}`
    const weight = /Client(?:V\d)?$/.test(name) ? CLIENT_WEIGHT : WEIGHT
    return [hitAt(line, { signal: 'outbound-call', detail, weight, reach: 'file' })]
  }
  return []
}
