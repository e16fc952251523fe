/** The exit codes of every command. Where several hold, the order is 2, 1, 3, 0. */
export const EXIT = { done: 0, findings: 1, error: 2, incomplete: 3 } as const
