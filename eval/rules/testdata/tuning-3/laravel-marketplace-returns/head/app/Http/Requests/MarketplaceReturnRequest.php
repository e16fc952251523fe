<?php

declare(strict_types=1);

namespace App\Http\Requests;

use App\Enums\ReturnReason;
use Illuminate\Foundation\Http\FormRequest;
use Illuminate\Validation\Rule;
use Illuminate\Validation\Rules\Exists;

final class MarketplaceReturnRequest extends FormRequest
{
    public function authorize(): bool
    {
        return $this->attributes->get('marketplace') !== null; // set by the signature middleware
    }

    /** @return array<string, mixed> */
    public function rules(): array
    {
        return [
            'return_number' => ['required', 'string', 'max:40'],
            'order_number' => ['required', 'string', 'max:40', $this->ownOrder()],
            'reason' => ['required', Rule::enum(ReturnReason::class)],
            'lines' => ['required', 'array', 'min:1', 'max:200'],
            'lines.*.sku' => ['required', 'string', 'max:64'],
            'lines.*.quantity' => ['required', 'integer', 'between:1,999'],
        ];
    }

    private function ownOrder(): Exists
    {
        return Rule::exists('marketplace_orders', 'number')
            ->where('marketplace_id', $this->attributes->get('marketplace')?->id);
    }
}
