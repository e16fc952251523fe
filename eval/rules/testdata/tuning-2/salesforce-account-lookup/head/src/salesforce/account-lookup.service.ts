import { BadGatewayException, Injectable } from '@nestjs/common';
import axios, { type AxiosInstance } from 'axios';
import { SalesforceSession } from './salesforce-session';

const API = 'v60.0';

interface AccountRecord {
  Id: string;
  Name: string;
  BillingCountry: string | null;
}

interface QueryResult<T> {
  done: boolean;
  nextRecordsUrl?: string;
  records: T[];
}

@Injectable()
export class AccountLookupService {
  constructor(private readonly session: SalesforceSession) {}

  private async client(): Promise<AxiosInstance> {
    const { instanceUrl, accessToken } = await this.session.current();
    return axios.create({
      baseURL: instanceUrl,
      headers: { Authorization: `Bearer ${accessToken}` },
      maxContentLength: 20 * 1024 * 1024,
    });
  }

  async byCountry(country: string): Promise<AccountRecord[]> {
    if (!/^[A-Za-z .'-]{2,60}$/.test(country)) {
      throw new RangeError('country has an unexpected form');
    }
    const escaped = country.replace(/['\\]/g, '\\$&');
    const soql = `SELECT Id, Name, BillingCountry FROM Account WHERE BillingCountry = '${escaped}' ORDER BY Id`;

    const http = await this.client();
    const found: AccountRecord[] = [];
    let url = `/services/data/${API}/query?q=${encodeURIComponent(soql)}`;

    for (;;) {
      const { data } = await http.get<QueryResult<AccountRecord>>(url);
      found.push(...data.records);
      if (data.done) return found;
      if (!data.nextRecordsUrl) {
        throw new BadGatewayException('salesforce returned an unfinished page without a cursor');
      }
      url = data.nextRecordsUrl;
    }
  }
}
