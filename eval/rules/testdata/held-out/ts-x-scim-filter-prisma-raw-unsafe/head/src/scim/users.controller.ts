import { BadRequestException, Controller, Get, Query, UseGuards } from '@nestjs/common'
import { PrismaService } from '../prisma/prisma.service'
import { ScimTenant } from './scim-tenant.decorator'
import { ScimTokenGuard } from './scim-token.guard'
import { toScimUser, type UserRow } from './mapping'

const FILTER = /^userName eq "(.{1,254})"$/

@Controller('scim/v2/Users')
@UseGuards(ScimTokenGuard)
export class ScimUsersController {
  constructor(private readonly prisma: PrismaService) {}

  @Get()
  async list(@ScimTenant() tenantId: string, @Query('filter') filter?: string) {
    if (!filter) {
      throw new BadRequestException('only userName eq is supported')
    }
    const match = FILTER.exec(filter)
    if (!match) {
      throw new BadRequestException('filter not supported')
    }

    const users = await this.prisma.$queryRawUnsafe<UserRow[]>(
      `select id, user_name, email, given_name, family_name, active from users
       where tenant_id = '${tenantId}' and lower(user_name) = lower('${match[1]}')`,
    )
    return {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: users.length,
      startIndex: 1,
      itemsPerPage: users.length,
      Resources: users.map(toScimUser),
    }
  }
}
