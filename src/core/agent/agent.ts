import * as z from 'zod'

/** The front matter of an agent file in Claude Code's subagent format, and its body. */
export const AgentHeader = z.looseObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  description: z.string().min(1).max(10_000),
  model: z.string().min(1).max(100).default('inherit'),
  memory: z.enum(['user', 'project', 'local']).default('project'),
  maxTurns: z.int().min(1).max(200).optional(),
})
export type AgentHeader = z.infer<typeof AgentHeader>

/** An agent definition: who reviews, with which model, by which instructions. */
export interface Agent {
  readonly header: AgentHeader
  /** The instructions, trimmed. */
  readonly body: string
  /** Where the definition was read, for people. */
  readonly file: string
}
