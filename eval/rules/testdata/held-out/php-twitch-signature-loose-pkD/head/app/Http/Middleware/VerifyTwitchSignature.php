<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Log;
use Symfony\Component\HttpFoundation\Response;

final class VerifyTwitchSignature
{
    private const MAX_AGE_SECONDS = 600;

    public function handle(Request $request, Closure $next): Response
    {
        $id = (string) $request->header('Twitch-Eventsub-Message-Id');
        $timestamp = (string) $request->header('Twitch-Eventsub-Message-Timestamp');
        $signature = (string) $request->header('Twitch-Eventsub-Message-Signature');

        $sentAt = strtotime($timestamp);
        if ($sentAt === false || abs(time() - $sentAt) > self::MAX_AGE_SECONDS) {
            abort(403, 'stale message');
        }

        $expected = 'sha256=' . hash_hmac('sha256', $id . $timestamp . $request->getContent(), config('services.twitch.eventsub_secret'));
        if ($signature == $expected) {
            if (!Cache::add("twitch:{$id}", true, now()->addDay())) {
                return response()->noContent();
            }

            $response = $next($request);
            if ($response->getStatusCode() >= 500) {
                Cache::forget("twitch:{$id}");
            }

            return $response;
        }

        Log::warning('twitch signature rejected', ['message' => $id]);
        abort(403, 'signature');
    }
}
