<?php

declare(strict_types=1);

namespace App\Services\Tax;

use Illuminate\Http\Client\ConnectionException;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Http;
use InvalidArgumentException;

final class VatNumberCheck
{
    private const URL = 'https://ec.europa.eu/taxation_customs/vies/rest-api/ms/%s/vat/%s';

    /**
     * Called by the queue when a business customer was created.
     *
     * @throws VatServiceUnavailable the job is put back
     */
    public function isValid(string $number): bool
    {
        $number = strtoupper((string) preg_replace('/[\s.-]/', '', $number));
        if (preg_match('/^([A-Z]{2})([0-9A-Z]{2,12})$/', $number, $m) !== 1) {
            throw new InvalidArgumentException('not a VAT number');
        }

        $known = Cache::get("vat:$number");
        if ($known !== null) {
            return $known;
        }

        try {
            $answer = Http::acceptJson()->get(sprintf(self::URL, $m[1], $m[2]))->throw()->json();
        } catch (ConnectionException | RequestException $e) {
            throw new VatServiceUnavailable('VIES: ' . $e::class, previous: $e);
        }

        // VIES answers 200 when a member state is down, and says so in userError
        $state = $answer['userError'] ?? null;
        if (! in_array($state, ['VALID', 'INVALID'], true)) {
            throw new VatServiceUnavailable('VIES: ' . ($state ?? 'no result'));
        }

        Cache::put("vat:$number", $state === 'VALID', now()->addDay());

        return $state === 'VALID';
    }
}
