import { stepsOf } from '#core/inventory/callee'
import type { Party } from '#core/inventory/party'

/** Whom the first part of a name leads to, or nobody. */
export type RootOf = (name: string) => Party | null

/** Types that carry a connection; what a provider's SDK calls anything else is data. */
export const CLIENT_TYPE =
  /(?:Client|Api|API|Sdk|SDK|Service|Gateway|Resource|Producer|Consumer|Sender(?:Impl)?|Receiver|Publisher|Subscriber|Connection|Channel|Session|Bot|Mailer|Transport|Instance|Http|HttpRequests?|Template|Factory|Storage|Bucket|Queue|Topic|Processor|Writer|Reader|Conn|Agent|Messaging|RequestBuilder|Pool)$/
/** Types of an SDK that are filled in and handed over. */
export const DATA_TYPE =
  /(?:Params?|Options?|Opts|Config(?:uration)?|(?<!Request)Builder|Exception|Error|Input|Output|Response|Request|Result|Props|Type|Data|Credentials?|CredentialsProvider|ProviderChain|Event|Command|Status|Enum|Headers?|Body|Payload|Dto|Model|Interceptor|Handler|Policy|Url|Uri|URI|URL|LoggerFactory|Logger)$/
/** Types that only wrap another one. */
const WRAPPER =
  /^(?:Optional|Option|Nullable|Promise|Result|Arc|Rc|Box|Mutex|RwLock|OnceCell|OnceLock|LazyLock|Lazy|Provider|ObjectProvider|Task|Future|CompletableFuture|Mono|Annotated|Union|Ref|Readonly|Awaitable|Final|ClassVar|Deferred)$/

/** `StripeClient`, or a type that is called like its provider: `Stripe`, `Octokit`. */
export function isClientType(name: string, party: Party): boolean {
  if (DATA_TYPE.test(name)) return false
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return (
    CLIENT_TYPE.test(name) || plain === party.id.replaceAll(/[^a-z0-9]/g, '') || plain === 'octokit'
  )
}

/** The party of the first name of a path, or of the path as a whole: `Aws::S3`, `\Stripe\Client`. */
export function rootParty(steps: ReturnType<typeof stepsOf>, root: RootOf): Party | null {
  const names = steps.map(({ name }) => name.replace(/^\\/, ''))
  const [first] = names
  if (first === undefined) return null
  return root(names.slice(0, 2).join('::')) ?? root(names.slice(0, 2).join('.')) ?? root(first)
}

/** The party of the first type in a text that carries a connection; none or one. */
export function clientIn(written: string, root: RootOf): readonly Party[] {
  for (const { path, within } of typesIn(written)) {
    if (within.some((outer) => !WRAPPER.test(outer))) continue
    const party = rootParty(stepsOf(path), root) ?? root(path)
    const last = path.split(/\.|::|\\/).at(-1) ?? path
    if (party !== null && isClientType(last, party)) return [party]
  }
  return []
}

/** The types of a text, each with the types whose arguments it is among. */
function typesIn(written: string): readonly { path: string; within: readonly string[] }[] {
  const found: { path: string; within: readonly string[] }[] = []
  const open: string[] = []
  let last = ''
  const parts = /[A-Za-z_$][\w$]*(?:(?:\.|::|\\)[A-Za-z_$][\w$]*)*|[<[\]>]/g
  for (const [part] of written.matchAll(parts)) {
    if (part === '<' || part === '[') open.push(last.split(/\.|::/).at(-1) ?? last)
    else if (part === '>' || part === ']') open.pop()
    else {
      found.push({ path: part, within: [...open].filter((name) => name !== '') })
      last = part
    }
  }
  return found
}
