<?php

declare(strict_types=1);

namespace App\Services\Weclapp;

use Generator;
use Illuminate\Support\Facades\Http;

final class Articles
{
    private const PAGE_SIZE = 500;

    public function rename(string $id, string $version, string $name): void
    {
        // weclapp refuses an outdated version, so a lost answer is noticed by the next read
        Http::weclapp()->put('/article/id/'.rawurlencode($id), ['version' => $version, 'name' => $name]);
    }

    /** @return Generator<int, array<string, mixed>> */
    public function all(): Generator
    {
        for ($page = 1; ; $page++) {
            $rows = Http::weclappRead()
                ->get('/article', ['page' => $page, 'pageSize' => self::PAGE_SIZE, 'sort' => 'id'])
                ->json('result');
            yield from $rows;
            if (count($rows) < self::PAGE_SIZE) {
                return;
            }
        }
    }
}
