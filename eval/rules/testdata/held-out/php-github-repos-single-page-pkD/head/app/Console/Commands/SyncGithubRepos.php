<?php

declare(strict_types=1);

namespace App\Console\Commands;

use App\Models\Organisation;
use App\Models\Repository;
use App\Services\Github\InstallationTokens;
use Illuminate\Console\Command;
use Illuminate\Support\Facades\Http;

final class SyncGithubRepos extends Command
{
    protected $signature = 'github:sync-repos {organisation}';

    public function handle(InstallationTokens $tokens): int
    {
        $organisation = Organisation::query()->where('login', $this->argument('organisation'))->firstOrFail();

        $repos = Http::withToken($tokens->for($organisation))
            ->withHeaders(['Accept' => 'application/vnd.github+json', 'X-GitHub-Api-Version' => '2022-11-28'])
            ->timeout(20)
            ->get("https://api.github.com/orgs/{$organisation->login}/repos", ['per_page' => 100])
            ->throw()
            ->json();

        foreach ($repos as $repo) {
            Repository::query()->updateOrCreate(
                ['github_id' => $repo['id']],
                ['organisation_id' => $organisation->id, 'name' => $repo['name'], 'archived' => $repo['archived']],
            );
        }

        $removed = Repository::query()
            ->where('organisation_id', $organisation->id)
            ->whereNotIn('github_id', array_column($repos, 'id'))
            ->delete();

        $this->info(sprintf('%d repositories, %d removed', count($repos), $removed));

        return self::SUCCESS;
    }
}
