<?php

declare(strict_types=1);

namespace Acme\Registry;

use GuzzleHttp\ClientInterface;
use GuzzleHttp\Exception\GuzzleException;
use Psr\SimpleCache\CacheInterface;

final class CompanyLookup
{
    private const TTL = 86400;

    public function __construct(
        private readonly ClientInterface $http,
        private readonly CacheInterface $cache,
    ) {
    }

    public function byNumber(string $number): ?Company
    {
        if (!preg_match('/^[A-Z0-9]{8}$/', $number)) {
            throw new \InvalidArgumentException('not a company number');
        }
        $cached = $this->cache->get('company.' . $number);
        if ($cached instanceof Company) {
            return $cached;
        }

        try {
            $response = $this->http->request('GET', '/company/' . $number);
        } catch (GuzzleException $e) {
            throw new RegistryUnavailable('registry not reachable', 0, $e);
        }

        if ($response->getStatusCode() === 404) {
            return null;
        }
        if ($response->getStatusCode() !== 200) {
            throw new RegistryUnavailable('registry answered ' . $response->getStatusCode());
        }

        $data = json_decode((string) $response->getBody(), true, 32, JSON_THROW_ON_ERROR);
        if (!isset($data['company_name'], $data['company_status'])) {
            throw new RegistryUnavailable('registry answer incomplete');
        }
        $company = new Company($number, (string) $data['company_name'], $data['company_status'] === 'active');
        $this->cache->set('company.' . $number, $company, self::TTL);

        return $company;
    }
}
