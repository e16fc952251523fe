import JSZip from 'jszip'
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { importOrders } from '../orders/import'

export async function zipImport(app: FastifyInstance) {
  await app.register(multipart, { limits: { files: 1, fileSize: 10 * 1024 * 1024 } })

  app.post('/imports', { preHandler: app.requirePartner }, async (request, reply) => {
    const upload = await request.file()
    if (!upload || upload.mimetype !== 'application/zip') {
      return reply.code(415).send({ error: 'one zip file is expected' })
    }

    let zip: JSZip
    try {
      zip = await JSZip.loadAsync(await upload.toBuffer())
    } catch (error) {
      request.log.info({ err: error }, 'zip not readable')
      return reply.code(422).send({ error: 'zip not readable' })
    }

    const files = Object.values(zip.files).filter((f) => !f.dir && f.name.endsWith('.csv'))
    const contents = await Promise.all(files.map((f) => f.async('string')))
    const result = await importOrders(request.partner.id, contents)
    request.log.info({ partner: request.partner.id, ...result }, 'zip imported')
    return reply.code(201).send(result)
  })
}
