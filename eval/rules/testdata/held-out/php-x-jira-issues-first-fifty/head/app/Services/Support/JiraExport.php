<?php

declare(strict_types=1);

namespace App\Services\Support;

use App\Models\SupportIssue;
use Carbon\CarbonImmutable;
use Illuminate\Http\Client\PendingRequest;
use Illuminate\Support\Facades\Http;

final class JiraExport
{
    private const FIELDS = 'summary,status,priority,created,resolutiondate';

    public function __construct(
        private readonly string $site,
        private readonly string $user,
        private readonly string $token,
    ) {
    }

    public function month(string $project, CarbonImmutable $month): int
    {
        $issues = $this->http()
            ->get('/rest/api/3/search/jql', [
                'jql' => sprintf(
                    'project = "%s" AND created >= "%s" AND created < "%s" ORDER BY created',
                    addcslashes($project, '"\\'),
                    $month->startOfMonth()->format('Y-m-d'),
                    $month->addMonthNoOverflow()->startOfMonth()->format('Y-m-d'),
                ),
                'fields' => self::FIELDS,
            ])
            ->throw()
            ->json('issues');

        foreach ($issues as $issue) {
            SupportIssue::query()->updateOrCreate(['key' => $issue['key']], [
                'summary' => $issue['fields']['summary'],
                'status' => $issue['fields']['status']['name'],
                'priority' => $issue['fields']['priority']['name'] ?? null,
                'created_on' => CarbonImmutable::parse($issue['fields']['created']),
            ]);
        }

        return count($issues);
    }

    private function http(): PendingRequest
    {
        return Http::baseUrl($this->site)->withBasicAuth($this->user, $this->token)->acceptJson()->timeout(20);
    }
}
