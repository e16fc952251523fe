<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Payment;
use App\Services\PaymentStateMachine;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;
use Mollie\Api\MollieApiClient;

final class MollieWebhookController extends Controller
{
    public function __construct(
        private readonly MollieApiClient $mollie,
        private readonly PaymentStateMachine $states,
    ) {
    }

    public function __invoke(Request $request): Response
    {
        $input = $request->validate(['id' => ['required', 'string', 'regex:/^tr_[A-Za-z0-9]{4,40}$/']]);

        $local = Payment::query()->where('mollie_id', $input['id'])->first();
        if ($local === null) {
            // Mollie asks for 200 on unknown ids
            return response('', 200);
        }

        $remote = $this->mollie->payments->get($local->mollie_id);

        DB::transaction(function () use ($local, $remote): void {
            $locked = Payment::query()->lockForUpdate()->findOrFail($local->id);
            if ($locked->status !== $remote->status) {
                // steps backwards are ignored there
                $this->states->apply($locked, $remote->status);
                Log::info('payment state changed', ['payment' => $locked->id, 'status' => $remote->status]);
            }
        });

        return response('', 200);
    }
}
