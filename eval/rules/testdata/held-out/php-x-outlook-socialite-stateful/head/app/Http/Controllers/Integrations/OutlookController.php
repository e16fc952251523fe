<?php

declare(strict_types=1);

namespace App\Http\Controllers\Integrations;

use App\Models\CalendarConnection;
use GuzzleHttp\Exception\GuzzleException;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use Laravel\Socialite\Facades\Socialite;
use Laravel\Socialite\Two\InvalidStateException;
use Symfony\Component\HttpFoundation\RedirectResponse as BaseRedirect;

/**
 * Both routes are in the "web" and "auth" groups.
 */
final class OutlookController
{
    public function connect(): BaseRedirect
    {
        return Socialite::driver('microsoft')->scopes(['offline_access', 'Calendars.ReadWrite'])->redirect();
    }

    public function callback(Request $request): RedirectResponse
    {
        if ($request->has('error')) {
            return to_route('settings.calendar')->with('status', 'calendar-denied');
        }

        try {
            $account = Socialite::driver('microsoft')->user();
        } catch (InvalidStateException) {
            return to_route('settings.calendar')->with('status', 'calendar-expired');
        } catch (GuzzleException $e) {
            Log::warning('outlook connect failed', ['user' => $request->user()->id, 'code' => $e->getCode()]);

            return to_route('settings.calendar')->with('status', 'calendar-failed');
        }

        // both tokens have the "encrypted" cast in the model
        CalendarConnection::query()->updateOrCreate(
            ['user_id' => $request->user()->id, 'provider' => 'microsoft'],
            [
                'subject' => $account->getId(),
                'access_token' => $account->token,
                'refresh_token' => $account->refreshToken,
                'expires_at' => now()->addSeconds($account->expiresIn),
            ],
        );

        return to_route('settings.calendar')->with('status', 'calendar-connected');
    }
}
