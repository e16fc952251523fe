import type { Party, PartyOf } from '#core/inventory/party'
import type { ImportLanguage } from '#core/providers/provider'
import type { NameOfModule } from '#core/rules/import-readers'

/**
 * C# and starred imports open namespaces without naming what they take. A type that reads like a
 * client belongs to the only party whose namespace is open.
 */
export function openedParty(
  imports: readonly NameOfModule[],
  {
    language,
    partyOf,
    types,
  }: {
    language: ImportLanguage
    partyOf: PartyOf
    types: ReadonlySet<string> | null
  },
): (name: string) => Party | null {
  const open = imports
    .filter(({ local }) => local === null)
    .flatMap(({ module }) => partyOf(language, module) ?? [])
  const http = open.find(({ role }) => role === 'http') ?? null
  const parties = distinct(open)
  return (name) => {
    if (language === 'csharp' && /^I?HttpClient(?:Factory)?$/.test(name)) return http ?? HTTP_CLIENT
    const isOwn = FRAMEWORK_TYPE.test(name) || types?.has(name) === true
    return isOwn || !OPENED_TYPE.test(name) ? null : ownerOf(name, parties, types !== null)
  }
}

/** The party that a type is called after; else the only one, where all own types are known. */
function ownerOf(name: string, parties: readonly Party[], surely: boolean): Party | null {
  const alike = parties.filter((party) => startsLike(name, party))
  const [only, ...others] = alike.length > 0 || !surely ? alike : parties
  return others.length === 0 ? (only ?? null) : null
}

/** Each party once; a cloud as a whole is left out where one of its services is there too. */
function distinct(parties: readonly Party[]): readonly Party[] {
  const byId = new Map(parties.map((party) => [party.id, party]))
  const ids = [...byId.keys()]
  return [...byId.values()].filter(({ id }) => !ids.some((other) => other.startsWith(`${id}-`)))
}

/** Simple names that read like clients, without what other libraries call theirs too. */
const OPENED_TYPE =
  /^\w*(?:Client|Api|Service|Gateway|Resource|Producer|Consumer|Sender|Receiver|Publisher|Processor|Transport|Messaging|Channel|Connection|Mailer)$/

/** Parts of frameworks whose types read like clients. */
const FRAMEWORK_TYPE =
  /^I?(?:Logger|Service|Host|Memory|Distributed|Web|Db|Sql|Http)\w*(?:Factory|Provider|Scope\w*|Service|Cache|Host|Context|Connection)$/

/** `SendGridClient` of `sendgrid`, `IAmazonSQS` of `aws-sqs`. */
function startsLike(name: string, { id }: Party): boolean {
  const plain = name.replace(/^I(?=[A-Z])/, '').toLowerCase()
  return id.split(/[-.]/).some((part) => part.length > 3 && plain.startsWith(part.toLowerCase()))
}

/** .NET's own client is at hand without any import (implicit usings). */
const HTTP_CLIENT: Party = { kind: 'library', id: 'System.Net.Http', role: 'http' }
