import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import type { Handler } from '#core/inventory/handlers'
import type { CallGraph, Declared } from '#core/matrix/call-graph'
import { quietOf } from '#core/matrix/region'
import { type CodeFile, factsOf, isScript } from '#core/rules/code'

/** A place at which deliveries arrive: a route, a function by its name, or both. */
export interface Entrance {
  readonly file: CodeFile
  readonly fact: Fact
  readonly body: Declared
}

/** Where the function of a route stands; null where it is not at hand. */
export function entranceOf(
  graph: CallGraph,
  file: CodeFile,
  { fact }: Pick<Handler, 'fact'>,
): Entrance | null {
  const body = inPlace(file, fact) ?? handed(graph, file, fact) ?? named(graph, file, fact)
  if (body === null) return null
  const answers = isClass(body) ? answering(body) : body
  return { file, fact: routeAround(file, fact), body: answers }
}

/** Whether it is a class that answers, which a fact may call a view. */
function isClass({ file, fact }: Declared): boolean {
  return factsOf(file, 'function', fact).some(
    (one) => one.captures['form'] === 'class' && one.end === fact.end && one.line >= fact.line,
  )
}

/** Methods by which a class answers: views of Django, handlers of Go, controllers of one action. */
const ANSWERS =
  /^(?:post|dispatch|handle|Handle|HandleAsync|ServeHTTP|__invoke|invoke|call|receive|create)$/

/** The method by which a class answers; the class itself where none is known. */
function answering({ file, fact }: Declared): Declared {
  const methods = factsOf(file, 'function', fact).filter(
    (one) => one.captures['form'] === 'function' && ANSWERS.test(one.captures['name'] ?? ''),
  )
  const post = methods.find((one) => one.captures['name'] === 'post') ?? methods[0]
  return { file, fact: post ?? fact }
}

/** `app.route({ method, url, handler: async (request) => … })` is the route of its handler. */
function routeAround(file: CodeFile, fact: Fact): Fact {
  if (!isScript(file.language)) return fact
  const { code } = quietOf(file)
  if (!/\bhandler\s*:\s*$/.test(code.slice(Math.max(0, fact.start - 40), fact.start))) return fact
  const around = factsOf(file, 'call').findLast(
    (one) => /\.route$/.test(one.captures['callee'] ?? '') && within(fact, one),
  )
  return around ?? fact
}

/** Wrapped objects that answer, as Go knows them: `guard(h)` with `h := &handler{…}`. */
function handed(graph: CallGraph, file: CodeFile, fact: Fact): Declared | null {
  const written = fact.args.at(-1) ?? fact.captures['name'] ?? ''
  const name = /^(?:[\w.]+\(\s*){0,4}&?([A-Za-z_]\w*)(?:\{[^}]{0,200}\})?[\s)]*$/.exec(written)?.[1]
  if (file.language !== 'go' || name === undefined) return null
  const made = new RegExp(
    `(?<![\\w.])${RegExp.escape(name)}\\s*:?=\\s*(?:&?(?:\\w+\\.)?(\\w+)\\{|(?:\\w+\\.)?[nN]ew(\\w+)\\()`,
  ).exec(quietOf(file).code)
  return methodOfType(graph, made?.[1] ?? made?.[2] ?? name)
}

/** The `ServeHTTP` of a type of Go. */
function methodOfType(graph: CallGraph, type: string): Declared | null {
  const receiver = new RegExp(`^func\\s*\\(\\w*\\s*\\*?${RegExp.escape(type)}\\)\\s*ServeHTTP\\b`)
  for (const file of graph.code.files.values()) {
    if (file.language !== 'go' || !file.text.includes('ServeHTTP')) continue
    const found = factsOf(file, 'function').find(({ start }) =>
      receiver.test(file.text.slice(start, start + 200)),
    )
    if (found !== undefined) return { file, fact: found }
  }
  return null
}

/** A function that is written into its route, or is the route by its annotations. */
function inPlace(file: CodeFile, fact: Fact): Declared | null {
  const { form } = fact.captures
  if (form !== 'mounted') return { file, fact }
  if (fact.language === 'ruby' && fact.by === 'block') return { file, fact }
  const inside = factsOf(file, 'function', fact).filter(
    (one) => one.captures['form'] === 'function' && one !== fact,
  )
  // Middleware may be written in place too: the handler comes last.
  const outermost = inside.filter(
    (one) => !inside.some((other) => other !== one && within(one, other)),
  )
  const last = outermost.at(-1)
  return last === undefined ? null : { file, fact: last }
}

/** The function that a route names: `handler`, `controller.receive`, `hooks#create`, `[Hooks::class, 'handle']`. */
function named(graph: CallGraph, file: CodeFile, fact: Fact): Declared | null {
  const { name = '', controller } = fact.captures
  const written = name === '' ? (fact.args.at(-1) ?? '') : name
  const parts = written
    .replace(/^["'`:]|["'`]$/g, '')
    .split(/[#@.:]+|->|::/)
    .map((part) => part.replace(/\W/g, ''))
    .filter((part) => part !== '')
  // `Hooks::class` alone stands for its `__invoke`.
  const last = parts.at(-1) ?? ''
  const method = (last === 'class' || last === '') && controller !== undefined ? '__invoke' : last
  const owner = controller ?? parts.at(-2)
  if (owner === undefined) return graph.declared(file, method)
  const className = classNameOf(owner)
  const home = graph.declared(file, className) ?? graph.declared(file, owner)
  if (home === null) return graph.declared(file, method)
  if (home.fact.captures['form'] === 'function') return home
  const member = factsOf(home.file, 'function', home.fact).find(
    (one) => one.captures['form'] === 'function' && one.captures['name'] === method,
  )
  return member === undefined ? null : { file: home.file, fact: member }
}

/** `stripe_webhooks` of a Rails route is `StripeWebhooksController`. */
function classNameOf(owner: string): string {
  if (/^[A-Z]/.test(owner)) return owner.replace(/^.*\\/, '')
  const last = owner.split('/').at(-1) ?? owner
  return `${last.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Controller`
}
