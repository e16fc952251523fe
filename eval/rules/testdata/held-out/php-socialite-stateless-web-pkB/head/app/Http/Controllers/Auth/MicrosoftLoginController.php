<?php

declare(strict_types=1);

namespace App\Http\Controllers\Auth;

use App\Models\User;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\Log;
use Laravel\Socialite\Facades\Socialite;
use Throwable;

class MicrosoftLoginController
{
    public function redirect(): RedirectResponse
    {
        return Socialite::driver('microsoft')->stateless()->redirect();
    }

    public function callback(Request $request): RedirectResponse
    {
        try {
            $identity = Socialite::driver('microsoft')->stateless()->user();
        } catch (Throwable $e) {
            Log::warning('microsoft login failed', ['exception' => $e::class]);

            return redirect()->route('login')->withErrors(['login' => __('auth.sso_failed')]);
        }

        $user = User::where('microsoft_id', $identity->getId())->where('active', true)->first();
        if ($user === null) {
            return redirect()->route('login')->withErrors(['login' => __('auth.unknown_user')]);
        }

        Auth::login($user);
        $request->session()->regenerate();

        return redirect()->intended('/dispatch');
    }
}
