import axios, { type AxiosInstance } from 'axios';
import https from 'node:https';
import { z } from 'zod';
import { config } from '../config';

const PurchaseOrder = z.object({
  d: z.object({
    PurchaseOrder: z.string(),
    Supplier: z.string(),
    DocumentCurrency: z.string(),
    CreationDate: z.string(),
  }),
});

export type PurchaseOrder = z.infer<typeof PurchaseOrder>['d'];

export class SapODataClient {
  private readonly http: AxiosInstance;

  constructor() {
    this.http = axios.create({
      baseURL: `${config.sap.gatewayUrl}/sap/opu/odata/sap`,
      timeout: 20_000,
      maxContentLength: 10 * 1024 * 1024,
      auth: { username: config.sap.user, password: config.sap.password },
      headers: { Accept: 'application/json', 'sap-client': config.sap.client },
      httpsAgent: new https.Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false }),
    });
  }

  async purchaseOrder(number: string): Promise<PurchaseOrder | null> {
    if (!/^\d{10}$/.test(number)) {
      throw new RangeError(`not a purchase order number: ${number}`);
    }
    const response = await this.http.get(`/API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrder('${number}')`, {
      validateStatus: (status) => status === 200 || status === 404,
    });
    return response.status === 404 ? null : PurchaseOrder.parse(response.data).d;
  }
}
