import { expect, test } from 'vitest'
import { matrixOf } from '../../support/take-matrix-of.ts'

test('a file of the application is no call, and what is read from an address is one', async () => {
  const { calls } = await matrixOf({
    'app/Templates.php': `<?php
class Templates
{
    public function all()
    {
        $home = 'https://coolify.example';
        $local = file_get_contents(base_path('templates/compose.yml'));
        $remote = file_get_contents('https://cdn.example.com/templates.json');
        return [$local, $remote, $home];
    }
}
`,
  })
  expect(calls.map(({ line }) => line)).toEqual([8])
})
