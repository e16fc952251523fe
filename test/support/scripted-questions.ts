import type { AnswerNeeds } from '#flow/answering'
import type { ModelBlock, ModelRequest, ModelTurn } from '#flow/model-port'
import { fakeClock } from './fake-run.ts'

const USAGE = { inputTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 5 }

/** A turn that calls one tool. */
export function toolTurn(name: string, input: unknown): ModelTurn {
  return answer('tool_use', [{ type: 'tool_use', id: `t-${name}`, name, input }])
}

/** A turn of words alone, which nobody sees. */
export function wordsTurn(text: string): ModelTurn {
  return answer('end_turn', [{ type: 'text', text }])
}

/** A turn that fails. */
export function failedTurn(failure: 'transient' | 'account' | 'request'): ModelTurn {
  return {
    ...{ kind: 'failed', failure, message: 'no credit left', retryAfterMs: null },
    ...{ usage: null, requestId: null },
  }
}

function answer(stop: 'tool_use' | 'end_turn', content: readonly ModelBlock[]): ModelTurn {
  return { kind: 'answered', stop, content, usage: USAGE, requestId: 'r' }
}

/** A model that plays these turns, and what it was asked. */
export function scriptedQuestions(...turns: readonly ModelTurn[]) {
  const seen: ModelRequest[] = []
  const left = [...turns]
  const questions: NonNullable<AnswerNeeds['questions']> = async () => ({
    model: {
      async turn(request) {
        seen.push({ ...request, messages: [...request.messages] })
        return left.shift() ?? failedTurn('request')
      },
    },
    budget: { reserve: async () => true, settle: async () => undefined },
    clock: fakeClock(),
    random: () => 0.5,
    delimiter: '0123456789abcdef',
  })
  return { seen, questions, left }
}
