import { Injectable } from '@nestjs/common'
import { PrismaService } from '../prisma/prisma.service'
import type { GroupRow } from './mapping'

const FILTER = /^displayName eq "(.{1,200})"$/

export class UnsupportedFilter extends Error {}

@Injectable()
export class ScimGroupsService {
  constructor(private readonly prisma: PrismaService) {}

  async search(tenantId: string, filter: string): Promise<GroupRow[]> {
    const match = FILTER.exec(filter)
    if (!match) {
      throw new UnsupportedFilter(filter)
    }
    return this.prisma.$queryRaw<GroupRow[]>`
      select g.id, g.display_name, count(m.user_id)::int as members
      from groups g
      left join group_members m on m.group_id = g.id
      where g.tenant_id = ${tenantId}::uuid and lower(g.display_name) = lower(${match[1]})
      group by g.id, g.display_name`
  }
}
