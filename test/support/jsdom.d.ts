/** The little of jsdom that ./mermaid.ts uses: its own types would bring those of a browser. */
declare module 'jsdom' {
  import type { Context } from 'node:vm'

  export class JSDOM {
    readonly window: object
    constructor(html: string, options: { readonly runScripts: 'outside-only' })
    getInternalVMContext(): Context
  }
}
