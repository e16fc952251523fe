/** The repository of a pull request, by the names that it has at the moment. */
export interface PullRef {
  readonly owner: string
  readonly name: string
  readonly pull: number
}
