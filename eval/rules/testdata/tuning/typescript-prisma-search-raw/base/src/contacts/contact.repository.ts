import { PrismaClient } from '@prisma/client';

export interface ContactRow {
  id: string;
  email: string;
  crm_id: string | null;
  updated_at: Date;
}

export interface SearchInput {
  tenantId: string;
  term: string;
  sort?: string;
  limit?: number;
}

export class ContactRepository {
  constructor(private readonly prisma: PrismaClient) {}

  findByCrmId(tenantId: string, crmId: string) {
    return this.prisma.contact.findFirst({ where: { tenantId, crmId } });
  }

  async search({ tenantId, term, limit = 50 }: SearchInput) {
    return this.prisma.contact.findMany({
      where: { tenantId, email: { contains: term, mode: 'insensitive' } },
      orderBy: { updatedAt: 'desc' },
      take: Math.min(limit, 200),
    });
  }
}
