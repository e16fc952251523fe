import { BadRequestException, Controller, Get, Query, UseGuards } from '@nestjs/common'
import { SessionGuard } from '../../auth/session.guard'
import { SalesforceConnection } from './salesforce.connection'

interface ContactRow {
  Id: string
  Name: string
  Email: string | null
  Account: { Name: string } | null
}

@Controller('crm/contacts')
@UseGuards(SessionGuard)
export class ContactSearchController {
  constructor(private readonly salesforce: SalesforceConnection) {}

  @Get()
  async search(@Query('email') email?: string) {
    if (typeof email !== 'string' || email.length < 3 || email.length > 120) {
      throw new BadRequestException('email is required')
    }

    const connection = await this.salesforce.connect()
    const result = await connection.query<ContactRow>(
      `SELECT Id, Name, Email, Account.Name FROM Contact ` +
        `WHERE Email = '${email}' AND Owner_Team__c = 'support' LIMIT 20`,
    )

    return result.records.map((row) => ({
      id: row.Id,
      name: row.Name,
      email: row.Email,
      account: row.Account?.Name ?? null,
    }))
  }
}
