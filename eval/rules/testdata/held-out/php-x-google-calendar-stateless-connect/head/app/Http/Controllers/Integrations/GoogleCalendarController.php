<?php

declare(strict_types=1);

namespace App\Http\Controllers\Integrations;

use App\Http\Controllers\Controller;
use App\Models\CalendarConnection;
use GuzzleHttp\Exception\GuzzleException;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use Laravel\Socialite\Facades\Socialite;
use Symfony\Component\HttpFoundation\RedirectResponse as BaseRedirect;

final class GoogleCalendarController extends Controller
{
    public function __construct()
    {
        $this->middleware('auth');
    }

    public function connect(): BaseRedirect
    {
        return Socialite::driver('google')
            ->scopes(['https://www.googleapis.com/auth/calendar.events'])
            ->with(['access_type' => 'offline', 'prompt' => 'consent'])
            ->stateless()
            ->redirect();
    }

    public function callback(Request $request): RedirectResponse
    {
        if ($request->filled('error')) {
            return redirect()->route('settings.calendar')->with('status', 'calendar-denied');
        }

        try {
            $google = Socialite::driver('google')->stateless()->user();
        } catch (GuzzleException $e) {
            Log::warning('google calendar connect failed', ['user' => $request->user()->id, 'code' => $e->getCode()]);

            return redirect()->route('settings.calendar')->with('status', 'calendar-failed');
        }

        CalendarConnection::query()->updateOrCreate(
            ['user_id' => $request->user()->id],
            [
                'google_id' => $google->getId(),
                'access_token' => $google->token,
                'refresh_token' => $google->refreshToken,
                'expires_at' => now()->addSeconds($google->expiresIn),
            ],
        );

        return redirect()->route('settings.calendar')->with('status', 'calendar-connected');
    }
}
