<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Jobs\SyncCalendar;
use App\Models\CalendarChannel;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\Log;

final class GooglePushController extends Controller
{
    public function __invoke(Request $request): Response
    {
        $channelId = (string) $request->header('X-Goog-Channel-ID');
        $state = (string) $request->header('X-Goog-Resource-State');

        $channel = CalendarChannel::query()->where('channel_id', $channelId)->first();
        if ($channel === null) {
            Log::info('push for unknown channel', ['channel' => $channelId]);

            return response()->noContent(404);
        }

        if ($state === 'sync') {
            $channel->update(['confirmed_at' => now()]);

            return response()->noContent();
        }

        if ($state === 'not_exists') {
            $channel->calendar->markDeleted();

            return response()->noContent();
        }

        SyncCalendar::dispatch($channel->calendar_id)->onQueue('calendar');

        return response()->noContent();
    }
}
