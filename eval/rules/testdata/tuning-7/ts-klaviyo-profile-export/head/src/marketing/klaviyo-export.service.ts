import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { PrismaService } from '../prisma/prisma.service';
import { KlaviyoConfig } from './klaviyo.config';
import type { Customer } from '@prisma/client';

@Injectable()
export class KlaviyoExportService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly config: KlaviyoConfig,
  ) {}

  @Cron(CronExpression.EVERY_10_MINUTES)
  async exportPending(): Promise<void> {
    const customers = await this.prisma.customer.findMany({
      where: { klaviyoSyncedAt: null, marketingConsent: true },
      orderBy: { id: 'asc' },
      take: 200,
    });

    for (const customer of customers) {
      try {
        await this.sendProfile(customer);
      } catch {}
      await this.prisma.customer.update({
        where: { id: customer.id },
        data: { klaviyoSyncedAt: new Date() },
      });
    }
  }

  private async sendProfile(customer: Customer): Promise<void> {
    const response = await fetch('https://a.klaviyo.com/api/profile-import/', {
      method: 'POST',
      headers: {
        authorization: `Klaviyo-API-Key ${this.config.privateKey}`,
        revision: '2024-07-15',
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        data: {
          type: 'profile',
          attributes: { email: customer.email, external_id: customer.id, first_name: customer.firstName },
        },
      }),
      signal: AbortSignal.timeout(10_000),
    });
    await response.body?.cancel();
    if (!response.ok) {
      throw new Error(`klaviyo profile import: ${response.status}`);
    }
  }
}
