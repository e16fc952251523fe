import { createModelWorld } from '../world/model/model-world.ts'
import { scriptedReviewer } from '../world/model/scripted-reviewer.ts'

/** Who reviews in the demo, and what the server is told about it. */
export interface Reviewer {
  readonly kind: 'rules' | 'claude' | 'scripted'
  /** For the head of the terminal output and of the page. */
  readonly name: string
  readonly hint: string
  readonly env: Readonly<Record<string, string>>
  /** How long one review may take, in milliseconds. */
  readonly patienceMs: number
  close(): Promise<void>
}

/** What a person sets for Claude; the server gets it as it is. */
const PASSED_ON = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'TECH_LEAD_MODEL',
  'TECH_LEAD_MAX_USD_PER_REVIEW',
]

/** Chooses the reviewer: the scripted one when asked for, Claude with a key, else the rules. */
export async function chooseReviewer(
  scripted: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Reviewer> {
  if (scripted) return scriptedModel()
  const passed = PASSED_ON.flatMap((name) => {
    const value = environment[name]
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  const env = Object.fromEntries(passed)
  const close = async () => {}
  if (env['ANTHROPIC_API_KEY'] === undefined) {
    return {
      kind: 'rules',
      name: 'the rules alone, no model',
      hint: 'Set ANTHROPIC_API_KEY to see Claude, or add `-- --scripted` for a scripted model.',
      env: {},
      patienceMs: 60_000,
      close,
    }
  }
  return {
    kind: 'claude',
    name: 'Claude and the rules',
    hint: 'ANTHROPIC_API_KEY is set, so the model is asked for real and costs money.',
    env,
    patienceMs: 600_000,
    close,
  }
}

async function scriptedModel(): Promise<Reviewer> {
  const model = await createModelWorld({ script: scriptedReviewer })
  return {
    kind: 'scripted',
    name: 'a scripted model and the rules',
    hint: 'SCRIPTED: no model is asked. A fixed script plays its part; prices and names are made up.',
    env: { ANTHROPIC_API_KEY: model.apiKey, ANTHROPIC_BASE_URL: model.baseUrl },
    patienceMs: 60_000,
    close: () => model.close(),
  }
}
