<?php

declare(strict_types=1);

namespace App\Services;

use App\Models\Lead;
use Illuminate\Support\Arr;
use Illuminate\Support\Facades\DB;

/**
 * Called by ProcessTypeformResponse for responses that passed signature verification.
 */
final class LeadImporter
{
    /** @param array<string, mixed> $response */
    public function import(array $response): Lead
    {
        $answers = collect($response['answers'] ?? [])->keyBy('field.ref');
        $email = (string) Arr::get($answers, 'email.email', '');
        if (filter_var($email, FILTER_VALIDATE_EMAIL) === false) {
            throw new \InvalidArgumentException('Response has no usable e-mail address.');
        }
        $campaign = (string) Arr::get($response, 'hidden.utm_campaign', 'none');

        $id = $this->existing($email, $campaign);
        if ($id !== null) {
            return Lead::findOrFail($id);
        }

        return Lead::create([
            'email' => mb_strtolower($email),
            'campaign' => $campaign,
            'response_token' => $response['token'],
        ]);
    }

    private function existing(string $email, string $campaign): ?int
    {
        $row = DB::selectOne(
            "SELECT id FROM leads WHERE LOWER(email) = LOWER('{$email}') AND campaign = '{$campaign}' LIMIT 1"
        );

        return $row?->id;
    }
}
