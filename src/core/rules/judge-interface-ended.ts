import type { Ending } from '#core/providers/provider'
import type { CodeFile } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { functionAt } from '#core/rules/function-at'
import type { Judgement, Observation } from '#core/rules/observation'
import type { ProviderFacts } from '#core/rules/provider-knowledge'

/** Places of one ended interface in one file. */
const MAX_PLACES = 20

/** An address of an interface that its provider has turned off. */
export const interfaceEnded: Judgement = {
  names: ['provider', 'address', 'since', 'instead'],
  judge: ({ file, providers }) =>
    providers
      .withEndings()
      .flatMap((provider) =>
        provider.endings
          .filter(({ address, unless }) => file.text.includes(address) && !speaksOf(file, unless))
          .flatMap((ending) => places(file, ending).map((at) => observed(file, provider, at))),
      ),
}

function speaksOf({ path, text, language }: CodeFile, word: string | undefined): boolean {
  if (word === undefined) return false
  const said = `${path.split('/').slice(-2).join('/')}\n${withoutComments(text, language)}`
  return new RegExp(`(?<![a-z])${RegExp.escape(word)}`, 'i').test(said)
}

interface Place {
  readonly at: number
  /** As the code has it, with its version. */
  readonly address: string
  readonly ending: Ending
}

function places(file: CodeFile, ending: Ending): readonly Place[] {
  const code = withoutComments(file.text, file.language)
  return [...code.matchAll(patternOf(ending))]
    .filter(({ groups }) => isOld(ending, groups?.['version']))
    .slice(0, MAX_PLACES)
    .map((match) => ({ at: match.index, address: match[0].replace(/^\/\//, ''), ending }))
}

/**
 * An address goes to its end: `fcm/send/…` is where browsers get what is pushed to them, and still
 * lives. Below a `/` something has to follow: the bare host also names whom a token is for.
 */
function patternOf({ address, upTo }: Ending): RegExp {
  const written = RegExp.escape(address)
  if (upTo !== undefined) return new RegExp(`${written}(?<version>\\d{1,3})\\.\\d`, 'g')
  return new RegExp(
    address.endsWith('/') ? `${written}(?=[\\w{$%<:])` : `${written}(?!/|[\\w.-]*\\w)`,
    'g',
  )
}

const isOld = ({ upTo }: Ending, version: string | undefined) =>
  upTo === undefined || Number(version) <= upTo

function observed(file: CodeFile, provider: ProviderFacts, place: Place): Observation {
  const line = file.text.slice(0, place.at).split('\n').length
  const around = functionAt(file, line)
  const { since, instead } = place.ending
  return {
    line,
    endLine: line,
    symbol: around?.captures['name'] ?? null,
    range: around ?? { line, endLine: line },
    provider,
    names: { provider: provider.name, address: place.address, since: monthOf(since), instead },
    evidence: [],
  }
}

const MONTHS =
  'January February March April May June July August September October November December'.split(' ')

/** `2025-06` as people say it. */
function monthOf(since: string): string {
  const [year, month] = since.split('-')
  return `${MONTHS[Number(month) - 1] ?? ''} ${year ?? ''}`.trim()
}
