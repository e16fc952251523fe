import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

const token = process.env.NOTION_TOKEN;
if (!token) throw new Error('NOTION_TOKEN is not set');

interface Row {
  pageId: string;
  status: 'Open' | 'Won' | 'Lost';
}

const ROW = /^([0-9a-f-]{32,36}),(Open|Won|Lost)$/;

function parse(csv: string): Row[] {
  return csv
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, n) => {
      const m = ROW.exec(line.trim());
      if (!m) throw new Error(`line ${n + 1} is malformed`);
      return { pageId: m[1], status: m[2] as Row['status'] };
    });
}

async function setStatus({ pageId, status }: Row): Promise<void> {
  const res = await fetch(`https://api.notion.com/v1/pages/${pageId}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${token}`,
      'notion-version': '2022-06-28',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ properties: { Stage: { status: { name: status } } } }),
    signal: AbortSignal.timeout(15_000),
  });
  if (!res.ok) throw new Error(`page ${pageId}: notion answered ${res.status}`);
}

const { positionals } = parseArgs({ allowPositionals: true });
if (positionals.length !== 1) throw new Error('usage: backfill-status <csv>');

const rows = parse(await readFile(positionals[0], 'utf8'));
const results = await Promise.allSettled(rows.map(setStatus));
const failed = results.filter((r): r is PromiseRejectedResult => r.status === 'rejected');
for (const f of failed) console.error(String(f.reason));
console.log(`${rows.length - failed.length} of ${rows.length} pages updated`);
process.exitCode = failed.length === 0 ? 0 : 1;
