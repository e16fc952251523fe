<?php

namespace App\Services\Lexoffice;

use App\Models\Customer;
use Illuminate\Http\Client\ConnectionException;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

/** Used by the nightly job LinkContacts, which the scheduler runs without overlapping. */
class ContactLookup
{
    public function __construct(private readonly string $apiKey)
    {
    }

    /**
     * @throws RequestException|ConnectionException
     */
    public function findByNumber(Customer $customer): ?string
    {
        $response = Http::baseUrl('https://api.lexoffice.io/v1')
            ->withToken($this->apiKey)
            ->acceptJson()
            ->retry(3, 1000, fn (\Exception $e) => $e instanceof ConnectionException
                || ($e instanceof RequestException && in_array($e->response->status(), [429, 503], true)))
            ->get('/contacts', ['number' => $customer->number, 'customer' => 'true', 'size' => 25]);

        $response->throw();

        // a number belongs to one contact; anything else is for a person to look at
        $found = $response->json('content', []);
        if (count($found) !== 1) {
            Log::info('lexoffice contact not linked', ['customer' => $customer->id, 'found' => count($found)]);

            return null;
        }

        return $found[0]['id'];
    }
}
