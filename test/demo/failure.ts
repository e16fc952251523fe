/** Why the demo cannot go on, in a sentence for the person who started it. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure'
}
