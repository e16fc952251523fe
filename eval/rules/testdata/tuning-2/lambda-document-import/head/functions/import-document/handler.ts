import { randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyResultV2 } from 'aws-lambda';
import { z } from 'zod';
import { readLimited } from './read-limited';

const s3 = new S3Client({});
const MAX_BYTES = 15 * 1024 * 1024;

const ImportRequest = z.object({
  fileUrl: z.string().url().max(2048),
  folder: z.enum(['contracts', 'invoices', 'misc']),
});

const reply = (statusCode: number, body: unknown): APIGatewayProxyResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export async function handler(event: APIGatewayProxyEventV2WithJWTAuthorizer): Promise<APIGatewayProxyResultV2> {
  const tenant = event.requestContext.authorizer.jwt.claims['tenant_id'];
  if (typeof tenant !== 'string') return reply(403, { error: 'no tenant' });

  let input: unknown;
  try {
    input = JSON.parse(event.body ?? '');
  } catch {
    return reply(400, { error: 'body is not JSON' });
  }
  const parsed = ImportRequest.safeParse(input);
  if (!parsed.success) return reply(422, { error: 'invalid request' });

  const source = parsed.data.fileUrl;
  const res = await fetch(source, { signal: AbortSignal.timeout(20_000) });
  if (!res.ok || !res.body) {
    return reply(502, { error: `source answered ${res.status}` });
  }

  const bytes = await readLimited(res.body, MAX_BYTES);
  if (bytes === null) return reply(413, { error: 'file is too large' });

  const key = `${tenant}/${parsed.data.folder}/${randomUUID()}`;
  await s3.send(
    new PutObjectCommand({
      Bucket: process.env.DOCUMENT_BUCKET,
      Key: key,
      Body: bytes,
      ContentType: res.headers.get('content-type') ?? 'application/octet-stream',
    }),
  );
  return reply(201, { key });
}
