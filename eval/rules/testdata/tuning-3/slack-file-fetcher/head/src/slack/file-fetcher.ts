import { UnrecoverableError, Worker } from 'bullmq';
import { attachments } from '../store/attachments';
import { connection } from '../redis';
import { env } from '../env';

const ALLOWED_HOSTS = new Set(['files.slack.com']);
const MAX_BYTES = 20 * 1024 * 1024;

export class RejectedFileError extends Error {}

async function download(urlPrivate: string): Promise<Buffer> {
  const url = new URL(urlPrivate);
  if (url.protocol !== 'https:' || !ALLOWED_HOSTS.has(url.hostname) || url.port !== '') {
    throw new RejectedFileError(`unexpected file host ${url.hostname}`);
  }
  const res = await fetch(url, {
    headers: { authorization: `Bearer ${env.SLACK_BOT_TOKEN}` },
    redirect: 'error',
    signal: AbortSignal.timeout(30_000),
  });
  if (!res.ok || !res.body) throw new Error(`slack file download answered ${res.status}`);

  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of res.body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new RejectedFileError('file is larger than 20 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// jobs come from the event route, which adds them with attempts and exponential backoff
export const fileWorker = new Worker<{ fileId: string; mimetype: string; urlPrivate: string }>(
  'slack-files',
  async (job) => {
    try {
      const content = await download(job.data.urlPrivate);
      await attachments.put(job.data.fileId, job.data.mimetype, content);
    } catch (err) {
      if (err instanceof RejectedFileError) throw new UnrecoverableError(err.message);
      throw err;
    }
  },
  { connection, concurrency: 4 },
);
