<?php

declare(strict_types=1);

namespace App\Feed;

use Google\Service\ShoppingContent;

final class MerchantProductReader
{
    private const PAGE_SIZE = 250;

    /** @param ShoppingContent $content built by MerchantClientFactory with a service account and a 20 s timeout */
    public function __construct(private readonly ShoppingContent $content, private readonly string $merchantId)
    {
    }

    /** @return \Generator<int, \Google\Service\ShoppingContent\Product> */
    public function all(): \Generator
    {
        $token = null;
        do {
            $params = ['maxResults' => self::PAGE_SIZE];
            if ($token !== null) {
                $params['pageToken'] = $token;
            }
            $page = $this->content->products->listProducts($this->merchantId, $params);
            foreach ($page->getResources() as $product) {
                yield $product;
            }
            $next = $page->getNextPageToken();
            if ($next !== null && $next === $token) {
                throw new \RuntimeException('Merchant API repeated a page token');
            }
            $token = $next;
        } while ($token !== null && $token !== '');
    }
}
