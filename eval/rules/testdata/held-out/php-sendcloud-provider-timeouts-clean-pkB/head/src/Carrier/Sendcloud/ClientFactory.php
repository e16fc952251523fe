<?php

declare(strict_types=1);

namespace App\Carrier\Sendcloud;

use GuzzleHttp\Client;
use GuzzleHttp\ClientInterface;

final class ClientFactory
{
    public static function create(string $publicKey, #[\SensitiveParameter] string $secretKey): ClientInterface
    {
        return new Client([
            'base_uri' => 'https://panel.sendcloud.sc/api/v2/',
            'auth' => [$publicKey, $secretKey],
            'connect_timeout' => 4,
            'timeout' => 15,
        ]);
    }
}
