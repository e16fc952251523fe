<?php

declare(strict_types=1);

namespace App\Hr;

use GuzzleHttp\Client;

final class PersonioEmployees
{
    private Client $http;

    public function __construct(
        private readonly EmployeeRepository $employees,
        private readonly PersonioAuth $auth,
    ) {
        $this->http = new Client([
            'base_uri' => 'https://api.personio.de/v1/',
            'http_errors' => false,
            'headers' => ['Accept' => 'application/json'],
        ]);
    }

    public function refresh(int $personioId): void
    {
        $response = $this->http->get("company/employees/{$personioId}", [
            'headers' => ['Authorization' => 'Bearer ' . $this->auth->token()],
        ]);
        $data = json_decode((string) $response->getBody(), true);
        $attributes = $data['data']['attributes'] ?? [];

        $this->employees->save(new EmployeeRecord(
            personioId: $personioId,
            firstName: $attributes['first_name']['value'] ?? '',
            lastName: $attributes['last_name']['value'] ?? '',
            email: $attributes['email']['value'] ?? null,
            status: $attributes['status']['value'] ?? 'inactive',
        ));
    }
}
