import { config } from '../config.js'
import { logger } from '../logger.js'

const ENDPOINT = 'https://api.openai.com/v1/responses'

export class ModelError extends Error {
  constructor(status, requestId) {
    super(`model call failed with ${status}`)
    this.status = status
    this.requestId = requestId
  }
}

function outputText(answer) {
  return (answer.output ?? [])
    .filter((item) => item.type === 'message')
    .flatMap((item) => item.content ?? [])
    .filter((part) => part.type === 'output_text')
    .map((part) => part.text)
    .join('')
}

export async function ask(instructions, input, { model = 'gpt-4.1-mini', maxTokens = 600 } = {}) {
  const headers = {
    authorization: `Bearer ${config.openai.apiKey}`,
    'content-type': 'application/json',
    'openai-project': config.openai.project,
  }
  logger.debug({ endpoint: ENDPOINT, model, headers }, 'model call')

  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model, instructions, input, max_output_tokens: maxTokens, store: false }),
  })
  if (!response.ok) {
    throw new ModelError(response.status, response.headers.get('x-request-id'))
  }

  const text = outputText(await response.json())
  if (text === '') {
    throw new ModelError(response.status, response.headers.get('x-request-id'))
  }
  return text
}
