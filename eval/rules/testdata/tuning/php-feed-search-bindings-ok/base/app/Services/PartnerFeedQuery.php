<?php

declare(strict_types=1);

namespace App\Services;

use App\Models\Partner;
use App\Models\Product;
use Illuminate\Contracts\Pagination\CursorPaginator;
use Illuminate\Http\Request;

final class PartnerFeedQuery
{
    private const MAX_PAGE = 200;

    public function search(Partner $partner, Request $request): CursorPaginator
    {
        $perPage = min(max((int) $request->query('limit', '50'), 1), self::MAX_PAGE);
        $query = Product::query()->where('partner_id', $partner->id);

        if ($q = $request->query('q')) {
            $query->whereRaw("lower(title) LIKE '%" . mb_strtolower($q) . "%'");
        }
        $query->orderByRaw($request->query('sort', 'updated_at') . ' DESC');

        return $query->orderBy('id')->cursorPaginate($perPage);
    }
}
