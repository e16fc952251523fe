import { S3Client, PutObjectCommand, HeadObjectCommand, NotFound } from '@aws-sdk/client-s3';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const requestHandler = new NodeHttpHandler({ connectionTimeout: 1500, requestTimeout: 10000 });
const s3 = new S3Client({ requestHandler });
const dynamo = new DynamoDBClient({ requestHandler });

export class InvoiceArchive {
  constructor({ bucket, table }) {
    this.bucket = bucket;
    this.table = table;
  }

  async store(invoice, pdf) {
    const key = `invoices/${invoice.tenantId}/${invoice.issuedOn.slice(0, 7)}/${invoice.id}.pdf`;
    if (!(await this.exists(key))) {
      await s3.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: key,
          Body: pdf,
          ContentType: 'application/pdf',
          ServerSideEncryption: 'aws:kms',
        }),
      );
    }
    await dynamo.send(
      new UpdateItemCommand({
        TableName: this.table,
        Key: { pk: { S: `INVOICE#${invoice.id}` } },
        UpdateExpression: 'SET archiveKey = :k',
        ExpressionAttributeValues: { ':k': { S: key } },
      }),
    );
    return key;
  }

  async exists(key) {
    try {
      await s3.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
      return true;
    } catch (err) {
      if (err instanceof NotFound) return false;
      throw err;
    }
  }
}
