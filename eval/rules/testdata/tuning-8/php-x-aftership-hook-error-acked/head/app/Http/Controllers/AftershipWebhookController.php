<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Services\Tracking\TrackingUpdater;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use Throwable;

final class AftershipWebhookController extends Controller
{
    public function __construct(private readonly TrackingUpdater $updater)
    {
    }

    public function handle(Request $request): JsonResponse
    {
        $signature = base64_encode(hash_hmac('sha256', $request->getContent(), config('services.aftership.webhook_secret'), true));
        if ($request->header('aftership-hmac-sha256') !== $signature) {
            abort(401);
        }

        $tracking = $request->validate([
            'msg.id' => ['required', 'string', 'max:64'],
            'msg.tag' => ['required', 'string', 'max:32'],
            'msg.updated_at' => ['required', 'date'],
        ])['msg'];

        try {
            // ignores states that are older than the stored one
            $this->updater->apply($tracking['id'], $tracking['tag'], $tracking['updated_at']);
        } catch (Throwable $e) {
            Log::error('aftership update failed', ['tracking' => $tracking['id'], 'error' => $e->getMessage()]);
        }

        return response()->json(['received' => true]);
    }
}
