import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import type { Ledger } from '../ledger/ledger';
import type { Logger } from '../lib/logger';

/** Published by the marketplace partner, see their integration guide, section 4. */
interface RefundRequested {
  refundId: string;
  accountId: string;
  amountMinor: number;
  currency: string;
}

export class RefundRequestsConsumer {
  private running = true;

  constructor(
    private readonly sqs: SQSClient,
    private readonly queueUrl: string,
    private readonly ledger: Ledger,
    private readonly log: Logger,
  ) {}

  stop(): void {
    this.running = false;
  }

  async run(): Promise<void> {
    while (this.running) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.queueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 20,
        }),
      );
      for (const message of Messages) {
        await this.consume(message);
      }
    }
  }

  private async consume(message: Message): Promise<void> {
    try {
      await this.apply(message.Body ?? '');
    } catch (err) {
      // left on the queue, the redrive policy moves it to the DLQ after 5 receives
      this.log.error({ err, messageId: message.MessageId }, 'refund request failed');
      return;
    }
    await this.sqs.send(
      new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle: message.ReceiptHandle }),
    );
  }

  private async apply(body: string): Promise<void> {
    const refund = JSON.parse(body) as RefundRequested;
    await this.ledger.post({
      entryKey: `refund:${refund.refundId}`,
      debit: 'refunds-payable',
      credit: `merchant:${refund.accountId}`,
      amount: refund.amountMinor,
      currency: refund.currency,
    });
  }
}
