<?php

declare(strict_types=1);

namespace Acme\Erp\ExactOnline;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\RequestException;
use GuzzleHttp\Pool;
use GuzzleHttp\Psr7\Request;
use Psr\Log\LoggerInterface;

final class PricePush
{
    private readonly Client $http;

    public function __construct(
        private readonly int $division,
        private readonly TokenProvider $tokens,
        private readonly LoggerInterface $logger,
    ) {
        $this->http = new Client(['base_uri' => 'https://start.exactonline.nl/api/v1/', 'timeout' => 20, 'connect_timeout' => 5]);
    }

    /**
     * @param iterable<string, string> $prices price by id of the sales price
     */
    public function push(iterable $prices): int
    {
        $failed = 0;
        $requests = function () use ($prices): \Generator {
            foreach ($prices as $id => $price) {
                yield $id => new Request('PUT', "{$this->division}/logistics/SalesItemPrices(guid'$id')", [
                    'Authorization' => 'Bearer ' . $this->tokens->get(),
                    'Content-Type' => 'application/json',
                ], json_encode(['Price' => $price], JSON_THROW_ON_ERROR));
            }
        };

        $pool = new Pool($this->http, $requests(), [
            'concurrency' => 100,
            'rejected' => function (\Throwable $reason, string $id) use (&$failed): void {
                $failed++;
                $status = $reason instanceof RequestException ? $reason->getResponse()?->getStatusCode() : null;
                $this->logger->error('price not pushed', ['price' => $id, 'status' => $status]);
            },
        ]);
        $pool->promise()->wait();

        return $failed;
    }
}
