import { Body, Controller, Post, Req, UseGuards } from '@nestjs/common';
import { InjectQueue } from '@nestjs/bullmq';
import { Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { PartnerGuard, PartnerRequest } from '../auth/partner.guard';
import { CreateExportDto } from './create-export.dto';

@UseGuards(PartnerGuard)
@Controller('partner/exports')
export class ExportController {
  constructor(@InjectQueue('partner-exports') private readonly queue: Queue) {}

  @Post()
  async create(@Req() req: PartnerRequest, @Body() dto: CreateExportDto) {
    const exportId = randomUUID();
    await this.queue.add(
      'export',
      { exportId, partnerId: req.partner.id, range: dto.range, callbackUrl: dto.callbackUrl },
      { attempts: 5, backoff: { type: 'exponential', delay: 5000 } },
    );
    return { exportId };
  }
}
