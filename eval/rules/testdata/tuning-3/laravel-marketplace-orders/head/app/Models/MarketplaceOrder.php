<?php

declare(strict_types=1);

namespace App\Models;

use Illuminate\Database\Eloquent\Model;
use Illuminate\Database\Eloquent\Relations\HasMany;

final class MarketplaceOrder extends Model
{
    protected $guarded = [];

    protected $casts = ['paid_at' => 'datetime', 'shipping_address' => 'array'];

    public function lines(): HasMany
    {
        return $this->hasMany(MarketplaceOrderLine::class);
    }
}
