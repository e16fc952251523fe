import type { Issue, IssueComment, Reaction, Repository, State, User } from '../state.ts'
import { emitIssueComment, type Happening } from './events.ts'

/** An issue or a pull request by its number. */
export function issueNumbered(repository: Repository, number: number): Issue | undefined {
  return [...repository.issues, ...repository.pulls].find((each) => each.number === number)
}

/** Opens an issue. */
export function openIssue(
  state: State,
  repository: Repository,
  author: User,
  { title, body }: { title: string; body: string | null },
): Issue {
  const issue: Issue = {
    id: state.nextId(),
    number: repository.nextNumber,
    author,
    title,
    body,
    state: 'open',
    locked: false,
    createdAt: state.now(),
    updatedAt: state.now(),
    closedAt: null,
  }
  repository.nextNumber += 1
  repository.issues.push(issue)
  return issue
}

/** A comment below an issue or a pull request. */
export function addIssueComment(happening: Happening, issue: Issue, body: string): IssueComment {
  const { state, repository, sender } = happening
  const comment: IssueComment = {
    id: state.nextId(),
    number: issue.number,
    author: sender,
    body,
    createdAt: state.now(),
    updatedAt: state.now(),
    reactions: [],
    minimized: null,
    byApp: sender.id === state.app.bot.id,
  }
  repository.issueComments.push(comment)
  issue.updatedAt = state.now()
  emitIssueComment(happening, issue, comment, 'created')
  return comment
}

export function editIssueComment(happening: Happening, comment: IssueComment, body: string): void {
  const changes = { body: { from: comment.body } }
  comment.body = body
  comment.updatedAt = happening.state.now()
  const issue = issueNumbered(happening.repository, comment.number)
  if (issue !== undefined) emitIssueComment(happening, issue, comment, 'edited', { changes })
}

export function deleteIssueComment(happening: Happening, comment: IssueComment): void {
  const { repository } = happening
  repository.issueComments = repository.issueComments.filter((each) => each !== comment)
  const issue = issueNumbered(repository, comment.number)
  if (issue !== undefined) emitIssueComment(happening, issue, comment, 'deleted')
}

/** Adds a reaction; a person has each reaction once, so the second time finds the first. */
export function react(
  state: State,
  target: { reactions: Reaction[] },
  author: User,
  content: string,
): { reaction: Reaction; isNew: boolean } {
  const known = target.reactions.find(
    (each) => each.author.id === author.id && each.content === content,
  )
  if (known !== undefined) return { reaction: known, isNew: false }
  const reaction = { id: state.nextId(), author, content, createdAt: state.now() }
  target.reactions.push(reaction)
  return { reaction, isNew: true }
}
