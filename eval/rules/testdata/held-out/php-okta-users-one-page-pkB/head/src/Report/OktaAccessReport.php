<?php

declare(strict_types=1);

namespace App\Report;

use Symfony\Contracts\HttpClient\HttpClientInterface;

final class OktaAccessReport
{
    /** The client is scoped to Okta in framework.yaml: base_uri, SSWS token, timeout 10, max_duration 30. */
    public function __construct(private readonly HttpClientInterface $oktaClient, private readonly EmployeeDirectory $directory)
    {
    }

    /**
     * Active Okta users without an employment contract, for the quarterly audit.
     *
     * @return list<array{id: string, login: string, lastLogin: ?string}>
     */
    public function orphans(): array
    {
        $users = $this->oktaClient->request('GET', '/api/v1/users', [
            'query' => ['filter' => 'status eq "ACTIVE"', 'limit' => 200],
        ])->toArray();

        $orphans = [];
        foreach ($users as $user) {
            $number = $user['profile']['employeeNumber'] ?? null;
            if ($number !== null && $this->directory->isEmployed((string) $number)) {
                continue;
            }
            $orphans[] = [
                'id' => $user['id'],
                'login' => $user['profile']['login'],
                'lastLogin' => $user['lastLogin'] ?? null,
            ];
        }
        usort($orphans, static fn (array $a, array $b): int => $a['login'] <=> $b['login']);

        return $orphans;
    }
}
