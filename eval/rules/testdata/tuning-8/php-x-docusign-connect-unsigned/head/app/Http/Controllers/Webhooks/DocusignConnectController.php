<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Enums\ContractState;
use App\Models\EmploymentContract;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Carbon;
use Illuminate\Support\Facades\Log;

final class DocusignConnectController
{
    public function __invoke(Request $request): Response
    {
        $data = $request->validate([
            'event' => ['required', 'string'],
            'generatedDateTime' => ['required', 'date'],
            'data.envelopeId' => ['required', 'uuid'],
        ]);

        $contract = EmploymentContract::query()->firstWhere('envelope_id', $data['data']['envelopeId']);
        if ($contract === null) {
            Log::notice('docusign: envelope without a contract', ['envelope' => $data['data']['envelopeId']]);

            return response()->noContent();
        }

        $state = match ($data['event']) {
            'envelope-completed' => ContractState::Signed,
            'envelope-declined' => ContractState::Declined,
            'envelope-voided' => ContractState::Voided,
            default => null,
        };
        if ($state !== null) {
            $contract->update([
                'state' => $state,
                'state_changed_at' => Carbon::parse($data['generatedDateTime']),
            ]);
        }

        return response()->noContent();
    }
}
