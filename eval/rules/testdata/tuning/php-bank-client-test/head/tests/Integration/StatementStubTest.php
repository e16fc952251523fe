<?php

declare(strict_types=1);

namespace Acme\Tests\Integration;

use GuzzleHttp\Client;
use GuzzleHttp\RequestOptions;
use PHPUnit\Framework\Attributes\Group;
use PHPUnit\Framework\TestCase;

#[Group('integration')]
final class StatementStubTest extends TestCase
{
    private Client $client;

    protected function setUp(): void
    {
        $this->client = new Client([
            'base_uri' => 'https://localhost:8443/',
            RequestOptions::VERIFY => false,
            RequestOptions::TIMEOUT => 3,
            RequestOptions::HEADERS => ['Authorization' => 'Bearer stub-token'],
        ]);
    }

    public function testStubReturnsOneEntryPerBooking(): void
    {
        $response = $this->client->get('v3/accounts/DE02120300000000202051/statements/2024-05-02');

        self::assertSame(200, $response->getStatusCode());
        $data = json_decode((string) $response->getBody(), true, 32, JSON_THROW_ON_ERROR);
        self::assertCount(3, $data['entries']);
        self::assertSame('-1250', $data['entries'][0]['amount_minor']);
    }

    public function testStubRejectsUnknownAccounts(): void
    {
        $response = $this->client->get('v3/accounts/XX00/statements/2024-05-02', [
            RequestOptions::HTTP_ERRORS => false,
        ]);

        self::assertSame(404, $response->getStatusCode());
    }
}
