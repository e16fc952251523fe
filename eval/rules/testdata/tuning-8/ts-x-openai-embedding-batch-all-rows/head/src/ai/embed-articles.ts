import OpenAI from 'openai'
import { sql } from '../db'
import { env } from '../env'
import { logger } from '../logger'

const openai = new OpenAI({ apiKey: env.OPENAI_API_KEY, timeout: 60_000, maxRetries: 3 })

interface ArticleRow {
  id: string
  title: string
  body: string
}

/** Runs after every import of the supplier's catalogue. */
export async function embedArticles(): Promise<number> {
  const articles = await sql<ArticleRow[]>`select id, title, body from articles where embedding is null`
  if (articles.length === 0) return 0

  const { data, usage } = await openai.embeddings.create({
    model: 'text-embedding-3-small',
    input: articles.map((a) => `${a.title}\n\n${a.body}`.slice(0, 8_000)),
  })
  if (data.length !== articles.length) {
    throw new Error(`${data.length} embeddings for ${articles.length} articles`)
  }

  await sql.begin(async (tx) => {
    for (const [i, article] of articles.entries()) {
      await tx`update articles set embedding = ${JSON.stringify(data[i]!.embedding)} where id = ${article.id}`
    }
  })
  logger.info({ articles: articles.length, tokens: usage.total_tokens }, 'articles embedded')
  return articles.length
}
