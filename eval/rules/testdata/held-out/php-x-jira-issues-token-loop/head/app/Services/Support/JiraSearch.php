<?php

declare(strict_types=1);

namespace App\Services\Support;

use Generator;
use Illuminate\Http\Client\PendingRequest;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Http;
use UnexpectedValueException;

final class JiraSearch
{
    private const PAGE = 100;

    public function __construct(
        private readonly string $site,
        private readonly string $user,
        private readonly string $token,
    ) {
    }

    /**
     * @param list<string> $fields
     *
     * @return Generator<int, array<string, mixed>>
     *
     * @throws RequestException
     */
    public function issues(string $jql, array $fields): Generator
    {
        $query = ['jql' => $jql, 'fields' => implode(',', $fields), 'maxResults' => self::PAGE];

        do {
            $page = $this->http()->get('/rest/api/3/search/jql', $query)->throw()->json();
            if (! is_array($page['issues'] ?? null)) {
                throw new UnexpectedValueException('Jira search: answer without issues');
            }
            yield from array_values($page['issues']);

            $query['nextPageToken'] = $page['nextPageToken'] ?? null;
        } while ($query['nextPageToken'] !== null);
    }

    private function http(): PendingRequest
    {
        return Http::baseUrl($this->site)
            ->withBasicAuth($this->user, $this->token)
            ->acceptJson()
            ->connectTimeout(5)
            ->timeout(25)
            ->retry(3, fn (int $attempt): int => $attempt * 1500, fn ($e): bool => $e instanceof RequestException && in_array($e->response->status(), [429, 503], true));
    }
}
