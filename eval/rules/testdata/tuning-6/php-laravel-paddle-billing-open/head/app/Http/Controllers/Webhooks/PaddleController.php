<?php

namespace App\Http\Controllers\Webhooks;

use App\Http\Controllers\Controller;
use App\Models\PaddleEvent;
use App\Models\Team;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;

class PaddleController extends Controller
{
    public function __invoke(Request $request): JsonResponse
    {
        $event = $request->validate([
            'event_id' => ['required', 'string', 'max:64'],
            'event_type' => ['required', 'string'],
            'occurred_at' => ['required', 'date'],
            'data.id' => ['required', 'string'],
            'data.status' => ['sometimes', 'string'],
            'data.custom_data.team_id' => ['sometimes', 'uuid'],
        ]);

        DB::transaction(function () use ($event) {
            if (PaddleEvent::query()->insertOrIgnore(['id' => $event['event_id'], 'type' => $event['event_type']]) === 0) {
                return;
            }
            $team = Team::query()->lockForUpdate()->find($event['data']['custom_data']['team_id'] ?? null);
            if ($team === null || ! str_starts_with($event['event_type'], 'subscription.')) {
                Log::info('paddle event without team', ['event' => $event['event_id']]);

                return;
            }
            $team->applySubscription($event['data']['id'], $event['data']['status'] ?? null, $event['occurred_at']);
        });

        return response()->json(['ok' => true]);
    }
}
