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
    private const SORTABLE = ['updated_at', 'title', 'price_minor'];

    public function search(Partner $partner, Request $request): CursorPaginator
    {
        $perPage = min(max((int) $request->query('limit', '50'), 1), self::MAX_PAGE);
        $query = Product::query()->where('partner_id', $partner->id);

        $q = $request->string('q')->limit(80, '')->lower()->value();
        if ($q !== '') {
            $query->whereRaw('lower(title) LIKE ?', ['%' . addcslashes($q, '\\%_') . '%']);
        }
        $sort = $request->query('sort');
        $query->orderByDesc(in_array($sort, self::SORTABLE, true) ? $sort : 'updated_at');

        return $query->orderBy('id')->cursorPaginate($perPage);
    }
}
