<?php

declare(strict_types=1);

namespace App\Console\Commands;

use App\Models\CrmContact;
use Illuminate\Console\Command;
use Illuminate\Support\Facades\Http;

final class ExportHubspotContacts extends Command
{
    protected $signature = 'hubspot:export-contacts';

    protected $description = 'Copies all HubSpot contacts into crm_contacts';

    public function handle(): int
    {
        $response = Http::withToken(config('services.hubspot.token'))
            ->timeout(20)
            ->retry(3, 1500, throw: false)
            ->get('https://api.hubapi.com/crm/v3/objects/contacts', [
                'limit' => 100,
                'properties' => 'email,firstname,lastname,lastmodifieddate',
            ]);

        if ($response->failed()) {
            $this->error('HubSpot answered ' . $response->status());

            return self::FAILURE;
        }

        $count = 0;
        foreach ($response->json('results') as $contact) {
            CrmContact::query()->updateOrCreate(
                ['hubspot_id' => $contact['id']],
                [
                    'email' => $contact['properties']['email'] ?? null,
                    'first_name' => $contact['properties']['firstname'] ?? null,
                    'last_name' => $contact['properties']['lastname'] ?? null,
                ],
            );
            $count++;
        }

        $this->info("{$count} contacts");

        return self::SUCCESS;
    }
}
