<?php

declare(strict_types=1);

namespace App\Models;

use Illuminate\Database\Eloquent\Model;

/**
 * @property int $id
 * @property string $state
 * @property int|null $total_cents set by the pricing job
 */
class WholesaleOrder extends Model
{
    protected $guarded = [];

    protected $attributes = ['state' => 'received'];

    protected $casts = ['lines' => 'array', 'deliver_on' => 'date'];
}
