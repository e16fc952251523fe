<?php

declare(strict_types=1);

namespace App\Services\Visma;

use DateTimeInterface;
use Generator;
use Illuminate\Http\Client\PendingRequest;

class VismaClient
{
    private const PAGE_SIZE = 200;

    public function __construct(private PendingRequest $http)
    {
        $this->http->connectTimeout(5)->timeout(30)->retry(3, 1000, fn ($e, $r) => !isset($e->response) || $e->response->status() >= 500);
    }

    /** @return Generator<int, array<string, mixed>> */
    public function ordersChangedSince(DateTimeInterface $since): Generator
    {
        $page = 1;
        do {
            $rows = $this->http->get('/controller/api/v1/salesorder', [
                'lastModifiedDateTime' => $since->format('Y-m-d H:i:s'),
                'lastModifiedDateTimeCondition' => '>=',
                'pageNumber' => $page,
                'pageSize' => self::PAGE_SIZE,
            ])->throw()->json();
            yield from $rows;
            $page++;
        } while (count($rows) === self::PAGE_SIZE);
    }
}
