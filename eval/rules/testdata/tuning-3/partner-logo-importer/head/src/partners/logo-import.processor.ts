import { Processor, WorkerHost } from '@nestjs/bullmq';
import { HttpService } from '@nestjs/axios';
import { Job } from 'bullmq';
import { firstValueFrom } from 'rxjs';
import { MediaStore } from '../media/media-store';
import { PartnerRepository } from './partner.repository';

interface PartnerProfile {
  partner_id: string;
  display_name: string;
  logo_url: string;
}

@Processor('partner-profiles')
export class LogoImportProcessor extends WorkerHost {
  constructor(
    private readonly http: HttpService,
    private readonly media: MediaStore,
    private readonly partners: PartnerRepository,
  ) {
    super();
  }

  // job data is the body of the partner's PUT /partner-api/profile
  async process(job: Job<PartnerProfile>): Promise<void> {
    const { partner_id, display_name, logo_url } = job.data;
    await this.partners.rename(partner_id, display_name);
    if (!logo_url) return;

    const response = await firstValueFrom(
      this.http.get<ArrayBuffer>(logo_url, { responseType: 'arraybuffer', timeout: 10_000 }),
    );
    const type = response.headers['content-type'] ?? 'application/octet-stream';
    const key = await this.media.put(`partners/${partner_id}/logo`, Buffer.from(response.data), type);
    await this.partners.setLogo(partner_id, key);
  }
}
