import type { Client } from '@hubspot/api-client'
import type { Logger } from 'pino'

const PROPERTIES = ['name', 'domain', 'industry', 'numberofemployees', 'hs_lastmodifieddate', 'contract_end']

export interface ExportedCompany {
  id: string
  name: string
  domain: string | null
  employees: number | null
  /** yyyy-MM-dd, as HubSpot gives it */
  contractEnd: string | null
}

/** Feeds the weekly territory report; the report needs every company of the portal. */
export class CompanyExport {
  constructor(
    private readonly client: Client,
    private readonly log: Logger,
  ) {}

  async loadAll(): Promise<ExportedCompany[]> {
    const companies = await this.fetchCompanies()
    this.log.info({ count: companies.length }, 'hubspot companies loaded')

    return companies.map((company) => {
      const { name, domain, numberofemployees, contract_end: end } = company.properties
      return {
        id: company.id,
        name: name ?? '(no name)',
        domain: domain || null,
        employees: numberofemployees ? Number.parseInt(numberofemployees, 10) : null,
        contractEnd: end || null,
      }
    })
  }

  private async fetchCompanies() {
    const page = await this.client.crm.companies.basicApi.getPage(
      100,
      undefined,
      PROPERTIES,
      undefined,
      undefined,
      false,
    )
    return page.results
  }
}
