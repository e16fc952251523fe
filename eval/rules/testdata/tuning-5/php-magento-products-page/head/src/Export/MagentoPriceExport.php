<?php

declare(strict_types=1);

namespace App\Export;

use GuzzleHttp\ClientInterface;
use Psr\Log\LoggerInterface;

final class MagentoPriceExport
{
    private const PAGE_SIZE = 100;

    /** @param ClientInterface $magento Guzzle client with base_uri, token, timeout 10 and http_errors on */
    public function __construct(
        private readonly ClientInterface $magento,
        private readonly PriceFile $file,
        private readonly LoggerInterface $logger,
    ) {
    }

    public function run(string $store): int
    {
        $rows = 0;
        foreach ($this->products($store) as $product) {
            $this->file->append($product['sku'], (string) $product['price']);
            $rows++;
        }
        $this->file->close();
        $this->logger->info('price export written', ['store' => $store, 'rows' => $rows]);

        return $rows;
    }

    /** @return list<array{sku: string, price: int|float}> */
    private function products(string $store): array
    {
        $response = $this->magento->request('GET', sprintf('rest/%s/V1/products', rawurlencode($store)), [
            'query' => [
                'searchCriteria[filter_groups][0][filters][0][field]' => 'status',
                'searchCriteria[filter_groups][0][filters][0][value]' => '1',
                'searchCriteria[pageSize]' => self::PAGE_SIZE,
                'fields' => 'items[sku,price],total_count',
            ],
        ]);
        $data = json_decode((string) $response->getBody(), true, 32, JSON_THROW_ON_ERROR);

        return $data['items'];
    }
}
