<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Jobs\ApplySquareEvent;
use App\Models\SquareEvent;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

final class SquareWebhookController extends Controller
{
    public function __invoke(Request $request): Response
    {
        $data = $request->validate([
            'event_id' => ['required', 'uuid'],
            'type' => ['required', 'string', 'max:80'],
            'data.id' => ['required', 'string', 'max:64'],
        ]);

        // unique index on event_id, insertOrIgnore returns the number of new rows
        $new = SquareEvent::query()->insertOrIgnore([
            'event_id' => $data['event_id'],
            'type' => $data['type'],
            'payload' => $request->getContent(),
            'created_at' => now(),
        ]);

        // redeliveries are dispatched again when the first attempt was never handled; the job is idempotent
        if ($new === 1 || SquareEvent::query()->where('event_id', $data['event_id'])->whereNull('handled_at')->exists()) {
            ApplySquareEvent::dispatch($data['event_id']);
        }

        return response()->noContent();
    }
}
