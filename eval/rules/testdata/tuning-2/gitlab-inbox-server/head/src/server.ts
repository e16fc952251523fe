import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { timingSafeEqual, createHash } from 'node:crypto';
import { inbox } from './inbox.js';
import { settings } from './settings.js';
import { log } from './log.js';

const sha = (value: string) => createHash('sha256').update(value).digest();

function tokenOk(header: string | string[] | undefined): boolean {
  return typeof header === 'string' && timingSafeEqual(sha(header), sha(settings.gitlabToken));
}

async function readBody(req: IncomingMessage): Promise<string> {
  let body = '';
  req.setEncoding('utf8');
  for await (const chunk of req) body += chunk;
  return body;
}

function end(res: ServerResponse, status: number): void {
  res.writeHead(status).end();
}

async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.method !== 'POST' || req.url !== '/gitlab') return end(res, 404);
  const body = await readBody(req);
  if (!tokenOk(req.headers['x-gitlab-token'])) return end(res, 401);

  const uuid = req.headers['x-gitlab-event-uuid'];
  const kind = req.headers['x-gitlab-event'];
  if (typeof uuid !== 'string' || typeof kind !== 'string') return end(res, 400);

  try {
    JSON.parse(body);
  } catch {
    return end(res, 400);
  }
  // event uuid is the primary key; a second delivery is ignored
  await inbox.put({ uuid, kind, body });
  return end(res, 202);
}

const server = createServer((req, res) => {
  handle(req, res).catch((err) => {
    log.error({ err }, 'gitlab delivery failed');
    if (!res.headersSent) end(res, 500);
  });
});
server.requestTimeout = 15_000;
server.headersTimeout = 10_000;
server.listen(settings.port, () => log.info({ port: settings.port }, 'listening'));
