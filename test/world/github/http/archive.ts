import type { IncomingMessage, ServerResponse } from 'node:http'
import { fullName, repositoryNamed, type State } from '../state.ts'

/** A request for an archive at the second address. */
export type ArchiveRequest = { path: string; hadAuthorization: boolean }

/** Sends the archive that a redirect of the API led to. */
export async function respondArchive(
  state: State,
  requests: ArchiveRequest[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? ''
  requests.push({ path, hadAuthorization: request.headers.authorization !== undefined })
  const [, owner = '', name = '', , commit = ''] = path.split('/')
  const repository = repositoryNamed(state, owner, name)
  if (repository === undefined || (await repository.git.resolve(commit)) === null) {
    response.writeHead(404).end('404: Not Found')
    return
  }
  const prefix = `${fullName(repository).replace('/', '-')}-${commit.slice(0, 7)}`
  const bytes = await repository.git.archive(commit, prefix)
  response.writeHead(200, {
    'content-type': 'application/x-gzip',
    'content-disposition': `attachment; filename=${prefix}.tar.gz`,
  })
  response.end(bytes)
}
