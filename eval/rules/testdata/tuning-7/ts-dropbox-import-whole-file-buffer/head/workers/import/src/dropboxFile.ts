import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Job } from 'bullmq'
import { env } from './env'
import { log } from './log'
import { dropboxToken } from './tokens'

const s3 = new S3Client({
  region: env.AWS_REGION,
  requestHandler: new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 120_000 }),
})

export interface ImportFile {
  accountId: string
  fileId: string
  rev: string
}

/** One job per file; retried by the queue with exponential backoff, the target key is the same each time. */
export async function importFile(job: Job<ImportFile>): Promise<void> {
  const { accountId, fileId, rev } = job.data
  const response = await fetch('https://content.dropboxapi.com/2/files/download', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await dropboxToken(accountId)}`,
      'dropbox-api-arg': JSON.stringify({ path: fileId }),
    },
    signal: AbortSignal.timeout(300_000),
  })
  if (!response.ok) {
    throw new Error(`dropbox download of ${fileId}: ${response.status}`)
  }

  const content = Buffer.from(await response.arrayBuffer())
  await s3.send(
    new PutObjectCommand({
      Bucket: env.IMPORT_BUCKET,
      Key: `${accountId}/${fileId.replace('id:', '')}/${rev}`,
      Body: content,
      ContentType: 'application/octet-stream',
    }),
  )
  log.info({ accountId, fileId, bytes: content.byteLength }, 'file imported')
}
