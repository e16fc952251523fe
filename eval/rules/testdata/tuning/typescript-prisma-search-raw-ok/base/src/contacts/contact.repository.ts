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

  async search({ tenantId, term, sort = 'updated_at', limit = 50 }: SearchInput): Promise<ContactRow[]> {
    const take = Math.min(Math.max(Math.trunc(limit) || 1, 1), 200);
    return this.prisma.$queryRawUnsafe<ContactRow[]>(
      `SELECT id, email, crm_id, updated_at
         FROM contacts
        WHERE tenant_id = $1
          AND email ILIKE '%${term}%'
        ORDER BY ${sort} DESC
        LIMIT ${take}`,
      tenantId,
    );
  }
}
