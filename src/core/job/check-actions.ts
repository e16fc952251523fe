/**
 * A button on a check run. GitHub takes a label of 20 characters, a description of 40 and an
 * identifier of 20: https://docs.github.com/en/rest/checks/runs#create-a-check-run
 */
export interface CheckAction {
  readonly label: string
  readonly description: string
  readonly identifier: string
}

/** Lets automatic reviews of a paused pull request go on, beginning with this head. */
export const RESUME_ACTION: CheckAction = {
  label: 'Resume reviews',
  description: 'Review this commit and later pushes',
  identifier: 'resume',
}

/** Asks for one review of the head that the check stands on. */
export const REVIEW_ACTION: CheckAction = {
  label: 'Review this commit',
  description: 'One review of what is here now',
  identifier: 'review',
}
