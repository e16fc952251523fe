<?php

namespace App\Services;

use Generator;
use Illuminate\Http\Client\PendingRequest;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Http;

class InstagramMedia
{
    private const FIELDS = 'id,caption,media_type,permalink,timestamp';
    private const MAX_PAGES = 200;

    /**
     * @return Generator<int, array<string, mixed>>
     *
     * @throws RequestException
     */
    public function all(string $accountId): Generator
    {
        if (!ctype_digit($accountId)) {
            throw new \InvalidArgumentException('account id must be numeric');
        }

        $after = null;
        for ($page = 0; $page < self::MAX_PAGES; $page++) {
            $body = $this->client()
                ->get("{$accountId}/media", array_filter([
                    'fields' => self::FIELDS,
                    'limit' => 50,
                    'after' => $after,
                ]))
                ->throw()
                ->json();

            yield from $body['data'] ?? [];

            $after = isset($body['paging']['next']) ? $body['paging']['cursors']['after'] ?? null : null;
            if ($after === null) {
                return;
            }
        }

        throw new \LengthException("account {$accountId} has more media than expected");
    }

    private function client(): PendingRequest
    {
        return Http::baseUrl('https://graph.facebook.com/' . config('graph.version'))
            ->withToken(config('graph.page_token'))
            ->acceptJson()
            ->timeout(config('graph.timeout'))
            ->connectTimeout(3);
    }
}
