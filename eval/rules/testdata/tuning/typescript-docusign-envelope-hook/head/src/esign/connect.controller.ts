import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { ContractService } from '../contracts/contract.service';
import type { Logger } from '../lib/logger';

const ConnectEvent = z.object({
  event: z.string(),
  data: z.object({
    envelopeId: z.string().uuid(),
    envelopeSummary: z.object({ status: z.string(), statusChangedDateTime: z.string().datetime() }),
  }),
});

export class ConnectController {
  constructor(
    private readonly contracts: ContractService,
    private readonly hmacKey: string,
    private readonly log: Logger,
  ) {}

  /** Mounted behind express.raw({ type: 'application/json', limit: '512kb' }). */
  receive = (req: Request, res: Response): void => {
    const raw = req.body as Buffer;
    if (!this.isAuthentic(raw, req.get('x-docusign-signature-1'))) {
      res.status(401).end();
      return;
    }

    const parsed = ConnectEvent.safeParse(JSON.parse(raw.toString('utf8')));
    if (!parsed.success) {
      res.status(400).end();
      return;
    }
    res.status(200).end();

    const { envelopeId, envelopeSummary } = parsed.data.data;
    setImmediate(() => {
      this.contracts
        .applyEnvelopeStatus(envelopeId, envelopeSummary.status, envelopeSummary.statusChangedDateTime)
        .catch((err) => this.log.error({ err, envelopeId }, 'envelope status not applied'));
    });
  };

  private isAuthentic(raw: Buffer, header: string | undefined): boolean {
    if (!header) return false;
    const given = Buffer.from(header, 'base64');
    const digest = createHmac('sha256', this.hmacKey).update(raw).digest();
    return given.length === digest.length && timingSafeEqual(given, digest);
  }
}
