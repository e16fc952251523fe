import type { Reason } from '#core/filter/selection'

/** A reason for a person: `imports` and `stripe`. Without a verb the object says it all. */
export interface Plain {
  readonly verb: string
  readonly object: string
}

/** Details that begin with a verb of their own. */
const OWN_VERB = /^(uses|calls|makes|imports|extends|is given) (\S.*)$/s
/** Details that are whole words for a person already. */
const SAYS_ITSELF = /^(?:a|an|the|draws|runs|nothing|no|memory names it|paths\.\w+|linguist-\w+)\b/

/** What each signal says of the word that was seen. */
const VERBS: Readonly<Record<string, string>> = {
  'provider-sdk': 'imports',
  'outbound-call': 'calls out:',
  'http-client': 'calls out:',
  'rpc-client': 'calls out:',
  host: 'talks to',
  header: 'knows the header',
  'env-name': 'reads',
  'env-sample': 'lists',
  webhook: 'handles webhooks:',
  signature: 'checks signatures:',
  oauth: 'speaks OAuth:',
  token: 'handles tokens:',
  credentials: 'handles credentials:',
  queue: 'uses a queue:',
  mail: 'handles mail:',
  storage: 'stores files:',
  sync: 'keeps data in step:',
  resilience: 'handles failures:',
  infrastructure: 'sets up',
  'ci-secrets': 'takes secrets:',
  package: 'moves the',
  configuration: 'configures',
}

/** A reason in plain words. */
export function plainOf({ signal, detail }: Pick<Reason, 'signal' | 'detail'>): Plain {
  if (signal === 'path') return { verb: '', object: plainPath(detail) }
  const [, verb, object] = OWN_VERB.exec(detail) ?? []
  if (verb !== undefined && object !== undefined) return { verb, object }
  return { verb: SAYS_ITSELF.test(detail) ? '' : (VERBS[signal] ?? ''), object: detail }
}

/** A reason as a clause that goes on after the file's name: `imports stripe`, `talks to x.com`. */
export function plainReason(reason: Pick<Reason, 'signal' | 'detail'>): string {
  const { verb, object } = plainOf(reason)
  return verb === '' ? object : `${verb} ${object}`
}

function plainPath(detail: string): string {
  const folder = /^folder (.+)$/.exec(detail)?.[1]
  if (folder !== undefined) return `stands in ${folder}/`
  const named = /^named (.+)$/.exec(detail)?.[1]
  if (named !== undefined) return `is named ${named}`
  const provider = /^(.+) names ([\w-]+)$/.exec(detail)
  return provider === null ? detail : `is named after ${provider[2]} (${provider[1]})`
}
