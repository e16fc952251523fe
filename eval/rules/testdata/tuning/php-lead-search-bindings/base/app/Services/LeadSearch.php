<?php

declare(strict_types=1);

namespace App\Services;

use App\Models\Lead;
use Illuminate\Contracts\Pagination\CursorPaginator;

final class LeadSearch
{
    private const SORTABLE = ['created_at', 'score', 'email'];

    /** @param array<string, mixed> $filters validated by LeadSearchRequest */
    public function run(array $filters): CursorPaginator
    {
        $sort = in_array($filters['sort'] ?? '', self::SORTABLE, true) ? $filters['sort'] : 'created_at';
        $direction = ($filters['direction'] ?? 'desc') === 'asc' ? 'asc' : 'desc';

        return Lead::query()
            ->when($filters['email'] ?? null, fn ($q, $email) => $q->whereRaw('LOWER(email) = LOWER(?)', [$email]))
            ->when($filters['campaign'] ?? null, fn ($q, $campaign) => $q->where('campaign', $campaign))
            ->orderBy($sort, $direction)
            ->orderBy('id', $direction)

            ->cursorPaginate(50);
    }
}
