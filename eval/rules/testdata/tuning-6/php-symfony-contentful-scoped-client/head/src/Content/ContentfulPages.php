<?php

declare(strict_types=1);

namespace App\Content;

use Psr\Log\LoggerInterface;
use Symfony\Component\DependencyInjection\Attribute\Target;
use Symfony\Contracts\HttpClient\Exception\ExceptionInterface;
use Symfony\Contracts\HttpClient\HttpClientInterface;

/** Warms the page cache after a deployment. */
final class ContentfulPages
{
    private const LIMIT = 200;

    public function __construct(
        #[Target('contentful.client')] private readonly HttpClientInterface $http,
        private readonly LoggerInterface $logger,
    ) {
    }

    /**
     * @return iterable<string, array<string, mixed>>
     *
     * @throws ExceptionInterface
     */
    public function all(): iterable
    {
        $skip = 0;
        do {
            $page = $this->http->request('GET', 'entries', [
                'query' => [
                    'content_type' => 'page',
                    'order' => 'sys.createdAt,sys.id',
                    'limit' => self::LIMIT,
                    'skip' => $skip,
                ],
                'timeout' => 10,
                'max_duration' => 30,
            ])->toArray();

            foreach ($page['items'] as $entry) {
                yield $entry['sys']['id'] => $entry['fields'];
            }
            $count = count($page['items']);
            $skip += $count;
        } while ($count > 0 && $skip < $page['total']);

        $this->logger->info('contentful pages read', ['count' => $skip]);
    }
}
