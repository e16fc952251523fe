<?php

declare(strict_types=1);

namespace App\Services;

use App\Models\Partner;
use App\Models\Product;
use Illuminate\Contracts\Pagination\CursorPaginator;

final class PartnerFeedQuery
{
    public function search(Partner $partner): CursorPaginator
    {
        return Product::query()->where('partner_id', $partner->id)->orderBy('id')->cursorPaginate(50);
    }
}
