import type { Command } from 'commander'
import type { Entry, Knowledge, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'

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

  addProviders(program, context, load)

  const agents = program.command('agents').description('the agent definitions: list, check')
  addList(agents, context, 'agents', async () => (await load()).agents())
  agents
    .command('check [files...]')
    .description('say what is wrong with agent files (default: those that come with tech-lead)')
    .action(async (files: string[]) => {
      const { printComplaints } = await import('#cli/print-lists')
      const said = { good: 'All agent files are well formed.', bad: EXIT.findings }
      exitWith(await printComplaints(await (await load()).checkAgents(files), streams, said))
    })
}

function addProviders(program: Command, context: Context, load: Load): void {
  const { streams, exitWith } = context
  const providers = program
    .command('providers')
    .description('the provider facts: list, explain, check')
  providers
    .command('list', { isDefault: true })
    .description('list the providers')
    .option('--category <name>', 'only those of a category, such as payments')
    .action(async ({ category }: { category?: string }) => {
      const { printEntries } = await import('#cli/print-lists')
      const entries = await (await load()).providers(category ?? null)
      const empty = category === undefined ? '' : ` of the category ${category}`
      exitWith(await printEntries(entries, streams, `There are no providers${empty}.`))
    })
  addExplain(providers, context, 'provider', async () => {
    const { explainProvider, providers: all } = await load()
    return { explain: explainProvider, all: () => all(null) }
  })
  providers
    .command('check [files...]')
    .description('say what is wrong with provider packs (default: those that come with tech-lead)')
    .action(async (files: string[]) => {
      const { printComplaints } = await import('#cli/print-lists')
      const said = { good: 'All provider packs are well formed.', bad: EXIT.error }
      exitWith(await printComplaints(await (await load()).checkProviders(files), streams, said))
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
