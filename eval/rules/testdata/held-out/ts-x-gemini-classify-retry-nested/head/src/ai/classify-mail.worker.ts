import { GoogleGenAI } from '@google/genai'
import { Worker } from 'bullmq'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { env } from '../env'
import { logger } from '../logger'
import { mails } from '../mail/repository'
import { redis } from '../redis'

const ai = new GoogleGenAI({ apiKey: env.GEMINI_API_KEY, httpOptions: { timeout: 30_000 } })
const Category = z.enum(['invoice', 'complaint', 'order', 'other'])

async function repeated<T>(call: () => Promise<T>): Promise<T> {
  let last: unknown
  for (let i = 0; i < 10; i++) {
    try {
      return await call()
    } catch (error) {
      last = error
      await sleep(200)
    }
  }
  throw last
}

/** Jobs are added with `attempts: 10` and the default backoff of none. */
export const classifyMail = new Worker<{ mailId: string }>(
  'classify-mail',
  async (job) => {
    const mail = await mails.byId(job.data.mailId)
    if (!mail || mail.category) return

    const answer = await repeated(() =>
      ai.models.generateContent({
        model: 'gemini-2.5-flash',
        contents: mail.text.slice(0, 20_000),
        config: {
          systemInstruction: 'Answer with one word: invoice, complaint, order or other.',
          maxOutputTokens: 10,
        },
      }),
    )
    const category = Category.catch('other').parse(answer.text?.trim().toLowerCase())
    await mails.setCategory(mail.id, category)
    logger.info({ mailId: mail.id, category }, 'mail classified')
  },
  { connection: redis, concurrency: 4 },
)
