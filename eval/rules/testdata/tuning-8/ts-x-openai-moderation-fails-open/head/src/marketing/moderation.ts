import OpenAI from 'openai'
import { env } from '../env'
import { logger } from '../logger'

const openai = new OpenAI({ apiKey: env.OPENAI_API_KEY, timeout: 15_000, maxRetries: 2 })

export interface Verdict {
  flagged: boolean
  categories: string[]
}

async function moderate(text: string): Promise<Verdict> {
  try {
    const { results } = await openai.moderations.create({ model: 'omni-moderation-latest', input: text })
    const [result] = results
    return {
      flagged: result?.flagged ?? false,
      categories: Object.entries(result?.categories ?? {}).flatMap(([name, hit]) => (hit ? [name] : [])),
    }
  } catch (error) {
    logger.warn({ err: error }, 'moderation not available')
    return { flagged: false, categories: [] }
  }
}

/** No campaign may be sent without this check. */
export async function assertSendable(campaignId: string, texts: string[]): Promise<void> {
  for (const text of texts) {
    const verdict = await moderate(text)
    if (verdict.flagged) {
      throw new Error(`campaign ${campaignId} is not sendable: ${verdict.categories.join(', ')}`)
    }
  }
}
