import type { FastifyInstance } from 'fastify';
import { timingSafeEqual, createHash } from 'node:crypto';
import { Type, Static } from '@sinclair/typebox';
import { pipelineQueue } from '../queues';
import { config } from '../config';

const PipelineEvent = Type.Object({
  object_kind: Type.Literal('pipeline'),
  object_attributes: Type.Object({
    id: Type.Integer(),
    status: Type.String({ maxLength: 40 }),
    ref: Type.String({ maxLength: 255 }),
  }),
  project: Type.Object({ id: Type.Integer() }),
});
type PipelineEvent = Static<typeof PipelineEvent>;

// stays the same when GitLab sends a delivery again
const DeliveryHeaders = Type.Object({ 'idempotency-key': Type.String({ format: 'uuid' }) });

const sha = (v: string) => createHash('sha256').update(v).digest();

export default async function gitlabRoutes(app: FastifyInstance) {
  // GitLab sends the shared token back verbatim; there is no payload signature to check
  app.addHook('onRequest', async (request, reply) => {
    const token = request.headers['x-gitlab-token'];
    if (typeof token !== 'string' || !timingSafeEqual(sha(token), sha(config.gitlabHookToken))) {
      return reply.code(401).send();
    }
  });

  app.post<{ Body: PipelineEvent; Headers: { 'idempotency-key': string } }>(
    '/gitlab/pipelines',
    { schema: { body: PipelineEvent, headers: DeliveryHeaders }, bodyLimit: 512 * 1024 },
    async (request, reply) => {
      const { object_attributes: p, project } = request.body;
      await pipelineQueue.add(
        'pipeline',
        { projectId: project.id, pipelineId: p.id, status: p.status, ref: p.ref },
        {
          jobId: request.headers['idempotency-key'],
          attempts: 6,
          backoff: { type: 'exponential', delay: 1_000 },
        },
      );
      return reply.code(202).send();
    },
  );
}
