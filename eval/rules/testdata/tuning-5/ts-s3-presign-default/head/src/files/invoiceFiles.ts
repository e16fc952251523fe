import { GetObjectCommand, HeadObjectCommand, NotFound, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { env } from '../env';

const s3 = new S3Client({
  region: env.AWS_REGION,
  maxAttempts: 3,
  requestHandler: new NodeHttpHandler({ connectionTimeout: 2_000, requestTimeout: 8_000 }),
});

const INVOICE_ID = /^inv_[a-z0-9]{16}$/;

export interface InvoiceLink {
  url: string;
  bytes: number;
}

export async function invoiceLink(orgId: string, invoiceId: string): Promise<InvoiceLink | null> {
  if (!INVOICE_ID.test(invoiceId)) {
    return null;
  }
  const target = { Bucket: env.INVOICE_BUCKET, Key: `${orgId}/invoices/${invoiceId}.pdf` };

  let bytes: number;
  try {
    const head = await s3.send(new HeadObjectCommand(target));
    bytes = head.ContentLength ?? 0;
  } catch (err) {
    if (err instanceof NotFound) {
      return null;
    }
    throw err;
  }

  const url = await getSignedUrl(
    s3,
    new GetObjectCommand({ ...target, ResponseContentDisposition: 'attachment' }),
    { expiresIn: 300 },
  );
  return { url, bytes };
}
