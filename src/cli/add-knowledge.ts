import type { Command } from 'commander'
import type { Entry, Knowledge, Streams } from '#cli/command-line'

interface Context {
  readonly streams: Streams
  readonly exitWith: (code: number) => void
}

type Load = () => Promise<Knowledge>

/** `tech-lead rules`, `providers` and `agents`. */
export function addKnowledge(program: Command, context: Context, load: Load): void {
  const { streams, exitWith } = context

  const rules = program.command('rules').description('the rules: list, explain, test')
  addList(rules, context, 'rules', async () => (await load()).rules())
  addExplain(rules, context, 'rule', async () => {
    const { explainRule, rules: all } = await load()
    return { explain: explainRule, all }
  })
  rules
    .command('test')
    .description('run the examples of every rule')
    .action(async () => {
      const { runRuleTests } = await import('#cli/print-lists')
      exitWith(await runRuleTests(await load(), streams))
    })

  const providers = program.command('providers').description('the provider facts: list, explain')
  addList(providers, context, 'providers', async () => (await load()).providers())
  addExplain(providers, context, 'provider', async () => {
    const { explainProvider, providers: all } = await load()
    return { explain: explainProvider, all }
  })

  const agents = program.command('agents').description('the agent definitions: list, check')
  addList(agents, context, 'agents', async () => (await load()).agents())
  agents
    .command('check [files...]')
    .description('say what is wrong with agent files (default: those that come with tech-lead)')
    .action(async (files: string[]) => {
      const { runAgentCheck } = await import('#cli/print-lists')
      exitWith(await runAgentCheck(await load(), files, streams))
    })
}

function addList(
  group: Command,
  { streams, exitWith }: Context,
  noun: string,
  read: () => Promise<readonly Entry[]>,
): void {
  group
    .command('list', { isDefault: true })
    .description(`list the ${noun}`)
    .action(async () => {
      const { printEntries } = await import('#cli/print-lists')
      exitWith(await printEntries(await read(), streams, `There are no ${noun}.`))
    })
}

interface Explanations {
  readonly explain: (id: string) => Promise<string | null>
  readonly all: () => Promise<readonly Entry[]>
}

function addExplain(
  group: Command,
  { streams, exitWith }: Context,
  kind: string,
  load: () => Promise<Explanations>,
): void {
  group
    .command('explain <id>')
    .description(`all there is to know about a ${kind}`)
    .action(async (id: string) => {
      const { printOne } = await import('#cli/print-lists')
      exitWith(await printOne({ kind, id, ...(await load()) }, streams))
    })
}
