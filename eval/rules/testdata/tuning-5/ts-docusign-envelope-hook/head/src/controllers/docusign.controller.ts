import { Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { DocusignHmacGuard } from '../guards/docusign-hmac.guard';
import { EnvelopeService } from '../services/envelope.service';
import { MailService } from '../services/mail.service';
import { StorageService } from '../services/storage.service';
import { ContractsRepository } from '../repositories/contracts.repository';

@Controller('webhooks/docusign')
export class DocusignController {
  constructor(
    private readonly envelopes: EnvelopeService,
    private readonly storage: StorageService,
    private readonly mail: MailService,
    private readonly contracts: ContractsRepository,
  ) {}

  @Post()
  @HttpCode(200)
  @UseGuards(DocusignHmacGuard)
  async completed(@Req() req: Request): Promise<{ ok: true }> {
    const { event, data } = req.body as { event: string; data: { envelopeId: string } };
    if (event !== 'envelope-completed') {
      return { ok: true };
    }

    const contract = await this.contracts.findByEnvelope(data.envelopeId);
    if (!contract || contract.signedAt) {
      return { ok: true };
    }

    const pdf = await this.envelopes.downloadCombined(data.envelopeId);
    const key = `contracts/${contract.id}/signed.pdf`;
    await this.storage.put(key, pdf, 'application/pdf');
    await this.contracts.markSigned(contract.id, key);

    for (const party of contract.parties) {
      await this.mail.sendSigned(party.email, contract.title, pdf);
    }
    return { ok: true };
  }
}
