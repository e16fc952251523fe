import axios from 'axios'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { config } from '../../config'

const http = axios.create({
  baseURL: `${config.sap.host}/sap/opu/odata/sap/API_BUSINESS_PARTNER`,
  auth: { username: config.sap.user, password: config.sap.password },
  maxContentLength: 4 * 1024 * 1024,
})

const Result = z.object({
  d: z.object({
    results: z.array(z.object({ BusinessPartner: z.string(), BusinessPartnerFullName: z.string() })),
  }),
})

const Query = z.object({ name: z.string().trim().min(3).max(60) })

export async function businessPartners(app: FastifyInstance) {
  app.get('/partners', { preHandler: app.requireRole('sales') }, async (request, reply) => {
    const query = Query.safeParse(request.query)
    if (!query.success) return reply.code(400).send({ error: 'name too short' })

    const { data } = await http.get('/A_BusinessPartner', {
      params: {
        $filter: `BusinessPartnerCategory eq '2' and SalesArea eq '${request.user.salesArea}' and substringof('${query.data.name}', BusinessPartnerFullName)`,
        $select: 'BusinessPartner,BusinessPartnerFullName',
        $top: 50,
        $format: 'json',
      },
    })
    return Result.parse(data).d.results.map((p) => ({ id: p.BusinessPartner, name: p.BusinessPartnerFullName }))
  })
}
