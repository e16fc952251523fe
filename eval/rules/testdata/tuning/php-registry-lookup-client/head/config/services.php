<?php

declare(strict_types=1);

use Acme\Registry\CompanyLookup;
use GuzzleHttp\Client;
use Psr\Container\ContainerInterface;

return [
    'registry.http' => static fn (ContainerInterface $c): Client => new Client([
        'base_uri' => $c->get('settings')['registry']['url'],
        'timeout' => 8.0,
        'connect_timeout' => 2.0,
        'http_errors' => false,
        'headers' => [
            'Authorization' => 'Basic ' . base64_encode($c->get('settings')['registry']['key'] . ':'),
            'Accept' => 'application/json',
        ],
    ]),
    CompanyLookup::class => static fn (ContainerInterface $c): CompanyLookup => new CompanyLookup(
        $c->get('registry.http'),
        $c->get(\Psr\SimpleCache\CacheInterface::class),
    ),
];
