import { HttpService } from '@nestjs/axios';
import { Injectable, Logger } from '@nestjs/common';
import { AxiosError } from 'axios';
import { firstValueFrom } from 'rxjs';
import { z } from 'zod';

const Contact = z.object({
  id: z.string(),
  properties: z.object({ email: z.string(), lifecyclestage: z.string().nullable() }),
});

@Injectable()
export class HubspotService {
  private readonly log = new Logger(HubspotService.name);

  constructor(private readonly http: HttpService) {}

  async findContact(email: string) {
    try {
      const { data } = await firstValueFrom(
        this.http.get(`/crm/v3/objects/contacts/${encodeURIComponent(email)}`, {
          params: { idProperty: 'email', properties: 'email,lifecyclestage' },
        }),
      );
      return Contact.parse(data);
    } catch (err) {
      if (err instanceof AxiosError && err.response?.status === 404) {
        return null;
      }
      this.log.error(`contact lookup failed: ${err instanceof Error ? err.message : 'unknown'}`);
      throw err;
    }
  }

  async setStage(contactId: string, stage: string): Promise<void> {
    await firstValueFrom(
      this.http.patch(`/crm/v3/objects/contacts/${encodeURIComponent(contactId)}`, {
        properties: { lifecyclestage: stage },
      }),
    );
  }
}
