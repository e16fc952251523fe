<?php

declare(strict_types=1);

namespace App\PayPal;

use Symfony\Contracts\HttpClient\HttpClientInterface;

final class IpnVerifier
{
    public function __construct(
        private readonly HttpClientInterface $client,
        private readonly string $endpoint = 'https://ipnpb.paypal.com/cgi-bin/webscr',
    ) {
    }

    public function isGenuine(string $raw): bool
    {
        $answer = $this->client->request('POST', $this->endpoint, [
            'headers' => ['User-Agent' => 'northpantry-ipn/2', 'Content-Type' => 'application/x-www-form-urlencoded'],
            'body' => 'cmd=_notify-validate&'.$raw,
            'timeout' => 5,
            'max_duration' => 15,
        ]);

        // getContent throws on 3xx, 4xx and 5xx: PayPal then gets a 500 from us and sends the IPN again
        return 'VERIFIED' === trim($answer->getContent());
    }
}
