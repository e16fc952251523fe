<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Models\EmploymentContract;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

final class ContractSignedController
{
    public function __invoke(Request $request): Response
    {
        $data = $request->validate([
            'event' => ['required', 'string'],
            'data.envelopeId' => ['required', 'uuid'],
        ]);

        if ($data['event'] === 'envelope-completed') {
            EmploymentContract::query()
                ->where('envelope_id', $data['data']['envelopeId'])
                ->whereNull('signed_at')
                ->update(['signed_at' => now(), 'state' => 'signed']);
        }

        return response()->noContent();
    }
}
