import { Injectable } from '@nestjs/common';
import { HttpService } from '@nestjs/axios';
import { firstValueFrom } from 'rxjs';
import { randomUUID } from 'node:crypto';
import pRetry, { AbortError } from 'p-retry';
import { AxiosError } from 'axios';
import { PayoutRepository } from './payout.repository';

interface WiseTransfer {
  id: number;
  status: string;
}

@Injectable()
export class WisePayoutsService {
  constructor(
    private readonly http: HttpService,
    private readonly payouts: PayoutRepository,
  ) {}

  async execute(payoutId: string): Promise<void> {
    const payout = await this.payouts.lockPending(payoutId);
    if (!payout) return;

    const transfer = await pRetry(() => this.createTransfer(payout), {
      retries: 4,
      minTimeout: 500,
      factor: 2,
      randomize: true,
    });
    await this.payouts.markSubmitted(payout.id, transfer.id);
  }

  private async createTransfer(payout: {
    recipientId: number;
    quoteUuid: string;
    reference: string;
  }): Promise<WiseTransfer> {
    try {
      const { data } = await firstValueFrom(
        this.http.post<WiseTransfer>(
          '/v1/transfers',
          {
            targetAccount: payout.recipientId,
            quoteUuid: payout.quoteUuid,
            customerTransactionId: randomUUID(),
            details: { reference: payout.reference.slice(0, 10) },
          },
          { timeout: 12_000 },
        ),
      );
      return data;
    } catch (err) {
      const status = (err as AxiosError).response?.status;
      if (status !== undefined && status < 500 && status !== 429) {
        throw new AbortError(err as Error);
      }
      throw err;
    }
  }
}
