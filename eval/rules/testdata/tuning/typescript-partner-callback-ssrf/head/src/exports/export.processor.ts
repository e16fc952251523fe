import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import { Job } from 'bullmq';
import axios from 'axios';
import { ReportService } from './report.service';

export interface ExportJob {
  exportId: string;
  partnerId: string;
  range: { from: string; to: string };
  callbackUrl: string;
}

@Processor('partner-exports', { concurrency: 4 })
export class ExportProcessor extends WorkerHost {
  private readonly logger = new Logger(ExportProcessor.name);

  constructor(private readonly reports: ReportService) {
    super();
  }

  async process(job: Job<ExportJob>): Promise<void> {
    const { exportId, partnerId, range, callbackUrl } = job.data;
    const report = await this.reports.build(partnerId, range);

    await axios.post(
      callbackUrl,
      { exportId, status: 'complete', rows: report.rows, checksum: report.checksum },
      { headers: { 'x-export-id': exportId, 'idempotency-key': exportId } },
    );
    await this.reports.markDelivered(exportId);
    this.logger.log(`export ${exportId} delivered to partner ${partnerId}`);
  }
}
