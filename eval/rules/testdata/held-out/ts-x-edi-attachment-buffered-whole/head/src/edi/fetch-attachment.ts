import { createHash } from 'node:crypto'
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'
import { config } from '../config'
import { logger } from '../logger'

const s3 = new S3Client({ region: config.aws.region, requestHandler: { requestTimeout: 30_000 } })

/** Only files on the partner's own exchange host are fetched. */
function checked(source: string): URL {
  const url = new URL(source)
  if (url.protocol !== 'https:' || url.hostname !== config.edi.partnerHost) {
    throw new Error(`attachment host not allowed: ${url.hostname}`)
  }
  return url
}

export async function fetchAttachment(messageId: string, source: string): Promise<string> {
  const response = await fetch(checked(source), {
    headers: { authorization: `Bearer ${config.edi.partnerToken}` },
    redirect: 'error',
    signal: AbortSignal.timeout(60_000),
  })
  if (!response.ok) {
    throw new Error(`attachment of ${messageId}: ${response.status}`)
  }

  const content = Buffer.from(await response.arrayBuffer())
  const digest = createHash('sha256').update(content).digest('hex')
  const key = `edi/${messageId}/${digest}`
  await s3.send(
    new PutObjectCommand({
      Bucket: config.edi.bucket,
      Key: key,
      Body: content,
      ContentType: response.headers.get('content-type') ?? 'application/octet-stream',
    }),
  )
  logger.info({ messageId, key, bytes: content.length }, 'attachment stored')
  return key
}
