import Mux from '@mux/mux-node'
import { db } from '../db'
import { logger } from '../logger'

const mux = new Mux({
  tokenId: process.env.MUX_TOKEN_ID,
  tokenSecret: process.env.MUX_TOKEN_SECRET,
  timeout: 15_000,
  maxRetries: 2,
})

export async function publishLesson(lessonId: string, sourceUrl: string): Promise<{ published: boolean }> {
  const lesson = await db.lesson.findUniqueOrThrow({ where: { id: lessonId } })

  let assetId = lesson.muxAssetId
  if (!assetId) {
    try {
      const asset = await mux.video.assets.create({
        inputs: [{ url: sourceUrl }],
        playback_policies: ['signed'],
        passthrough: lessonId,
      })
      assetId = asset.id
    } catch (error) {
      logger.warn({ err: error, lessonId }, 'mux asset was not created')
    }
  }

  await db.lesson.update({
    where: { id: lessonId },
    data: { muxAssetId: assetId, status: 'PUBLISHED', publishedAt: new Date() },
  })
  return { published: true }
}
