<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\CalendarLink;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Http;

final class GoogleCalendarController extends Controller
{
    public function connect(): RedirectResponse
    {
        return redirect()->away('https://accounts.google.com/o/oauth2/v2/auth?' . http_build_query([
            'client_id' => config('services.google.client_id'),
            'redirect_uri' => route('calendar.google.callback'),
            'response_type' => 'code',
            'scope' => 'https://www.googleapis.com/auth/calendar.events',
            'access_type' => 'offline',
            'prompt' => 'consent',
        ]));
    }

    public function callback(Request $request): RedirectResponse
    {
        if ($request->has('error')) {
            return redirect()->route('settings')->with('error', 'Google access was not granted.');
        }
        $input = $request->validate(['code' => ['required', 'string', 'max:512']]);

        $grant = Http::asForm()->timeout(10)->post('https://oauth2.googleapis.com/token', [
            'grant_type' => 'authorization_code',
            'code' => $input['code'],
            'client_id' => config('services.google.client_id'),
            'client_secret' => config('services.google.client_secret'),
            'redirect_uri' => route('calendar.google.callback'),
        ])->throw()->json();

        CalendarLink::query()->updateOrCreate(['user_id' => $request->user()->id], [
            'access_token' => encrypt($grant['access_token']),
            'refresh_token' => encrypt($grant['refresh_token']),
            'expires_at' => now()->addSeconds($grant['expires_in'] - 60),
        ]);

        return redirect()->route('settings')->with('success', 'Calendar connected.');
    }
}
