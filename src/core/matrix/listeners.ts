import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import type { CallGraph, Declared } from '#core/matrix/call-graph'
import type { Entrance } from '#core/matrix/entrance'
import { lineAt, quietOf } from '#core/matrix/region'
import type { Framework } from '#core/matrix/way'
import { type CodeFile, factsOf, isScript } from '#core/rules/code'

/** A function that a framework calls for each delivery of one kind. */
export interface Listener {
  readonly entrance: Entrance
  /** Who sends what it listens to. */
  readonly provider: string
  /** The events that it is for, as the code writes them. */
  readonly what: string
  readonly framework: Framework
}

/** A framework that takes deliveries, looks at who sent them and answers. */
interface Taker {
  readonly provider: string
  readonly package: RegExp
  readonly listens: RegExp
  /** Where it is set up. */
  readonly begins: readonly RegExp[]
  readonly checks: string
  readonly limitsAge: boolean
}

const TAKERS: readonly Taker[] = [
  {
    // https://probot.github.io/docs/webhooks/: the signature is checked before a listener runs.
    provider: 'github',
    package: /["']probot["']/,
    listens: /^(?:app|robot|probot|bot)\.(?:on|onAny)$/,
    begins: [
      /\bcreateNodeMiddleware\(|\bcreateLambdaFunction\(|\bcreateAzureFunction\w*\(/,
      /\bnew\s+Server\(|(?<![.\w])run\(\s*\w+/,
      /\bcreateProbot\(|\bnew\s+Probot\(/,
    ],
    checks: 'Probot checks the sender before and answers',
    limitsAge: false,
  },
  {
    // https://github.com/octokit/webhooks.js: `verifyAndReceive` checks before listeners run.
    provider: 'github',
    package: /["']@octokit\/(?:webhooks|app)["']/,
    listens: /^(?:webhooks|app\.webhooks|\w*[wW]ebhooks)\.(?:on|onAny)$/,
    begins: [
      /\bcreateNodeMiddleware\(|\bcreateWebMiddleware\(|\bverifyAndReceive\(/,
      /\bnew\s+Webhooks\(/,
    ],
    checks: 'Octokit checks the sender before and answers',
    limitsAge: false,
  },
  {
    // https://docs.slack.dev/tools/bolt-js/: the receiver checks signature and age, five minutes.
    provider: 'slack',
    package: /["']@slack\/bolt["']/,
    listens: /^(?:app|bolt|slackApp)\.(?:event|message|action|command|view|shortcut|options)$/,
    begins: [/\bnew\s+(?:App|ExpressReceiver|HTTPReceiver|AwsLambdaReceiver)\(/],
    checks: 'Bolt checks the sender and the age before',
    limitsAge: true,
  },
]
const MAX_LISTENERS = 40

/** The listeners of frameworks that take deliveries themselves. */
export function listenersIn(graph: CallGraph): readonly Listener[] {
  return [...graph.code.files.values()]
    .filter(({ language }) => isScript(language))
    .flatMap((file) => {
      const taker = TAKERS.find((one) => imports(file, one))
      return taker === undefined ? [] : listenersOf(graph, file, taker)
    })
    .slice(0, MAX_LISTENERS)
}

function imports(file: CodeFile, taker: Taker): boolean {
  return factsOf(file, 'import').some(({ text }) => taker.package.test(text))
}

function listenersOf(graph: CallGraph, file: CodeFile, taker: Taker): readonly Listener[] {
  return factsOf(file, 'call')
    .filter(({ captures }) => taker.listens.test(captures['callee'] ?? ''))
    .flatMap((fact) => {
      const body = functionOf(graph, file, fact)
      if (body === null) return []
      const at = beginningOf(graph, taker) ?? { path: file.path, line: fact.line }
      const { checks, limitsAge, provider } = taker
      return [
        {
          ...{ entrance: { file, fact, body }, provider },
          what: (fact.args[0] ?? '').replaceAll(/["'`\s]/g, '').slice(0, 120),
          framework: { checks, limitsAge, at },
        },
      ]
    })
}

function functionOf(graph: CallGraph, file: CodeFile, fact: Fact): Declared | null {
  const inside = factsOf(file, 'function', fact).filter(
    (one) => one.captures['form'] === 'function' && one !== fact,
  )
  const outermost = inside.filter(
    (one) => !inside.some((other) => other !== one && within(one, other)),
  )
  const last = outermost.at(-1)
  if (last !== undefined) return { file, fact: last }
  const name = /^(?:\w+\.)?([A-Za-z_]\w*)$/.exec(fact.args.at(-1) ?? '')?.[1]
  return name === undefined ? null : graph.declared(file, name)
}

function beginningOf(graph: CallGraph, taker: Taker): Framework['at'] | null {
  const files = [...graph.code.files.values()].filter(
    (file) => isScript(file.language) && imports(file, taker),
  )
  for (const begins of taker.begins) {
    for (const file of files) {
      const match = begins.exec(quietOf(file).code)
      if (match !== null) return { path: file.path, line: lineAt(file, match.index) }
    }
  }
  return null
}
