import { expect, test } from 'vitest'
import { isRunByHand } from '#core/rules/run-by-hand'

test.each([
  ['scripts/backfill.ts', ''],
  ['tools/update_postman.js', "import fs from 'fs'"],
  ['cmd/acme-gen/cmd_code.go', 'package main'],
  ['cmd/acme-scripts/cmd/docker.go', 'package cmd'],
  ['acme-cli/src/cmds/seed.rs', 'use reqwest::Client;'],
  ['packages/cli/src/commands/init/index.ts', "import axios from 'axios'"],
  ['packages/acme/src/commands/sync.ts', 'process.exit(1)'],
  ['packages/acme/src/init.ts', "import prompts from 'prompts'"],
  ['internal/try/utils.go', 'import (\n\t"golang.org/x/term"\n)'],
  ['src/login.rs', 'use dialoguer::Input;'],
  ['app/setup_account.py', 'name = input("Name: ")'],
  ['database/seeders/CountriesSeeder.php', '<?php'],
  ['gulpfile.js', ''],
  ['lib/tasks/repo.rake', 'namespace :repo do'],
  [
    'crates/ip/update-data.py',
    'def main():\n    print("done")\n\nif __name__ == "__main__":\n    main()',
  ],
])('%s is run by hand', (path, text) => {
  expect(isRunByHand({ path, text })).toBe(true)
})

test.each([
  ['src/tools/weather.ts', "import axios from 'axios'"],
  ['tools/search.py', 'from langchain.tools import BaseTool'],
  ['cmd/server/main.go', 'package main'],
  ['cmd/payments-worker/main.go', 'package main'],
  ['packages/cli/src/services/license.ts', "import axios from 'axios'"],
  ['src/commands/create-order.ts', 'export class CreateOrder {}'],
  ['app/Console/Commands/SyncOrders.php', '<?php'],
  ['app/management/commands/sync.py', 'class Command(BaseCommand): pass'],
  ['src/server.ts', 'process.exit(1)'],
  ['src/seedling.ts', ''],
  ['src/forms/input.ts', 'const input = (name) => name'],
  [
    'app/worker.py',
    'def main():\n    print("up")\n    worker.run()\n\nif __name__ == "__main__":\n    main()',
  ],
])('%s serves, or may do so', (path, text) => {
  expect(isRunByHand({ path, text })).toBe(false)
})
