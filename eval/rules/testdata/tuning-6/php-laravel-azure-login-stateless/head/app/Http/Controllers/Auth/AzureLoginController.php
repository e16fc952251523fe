<?php

namespace App\Http\Controllers\Auth;

use App\Http\Controllers\Controller;
use App\Models\User;
use GuzzleHttp\Exception\ClientException;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\Log;
use Laravel\Socialite\Facades\Socialite;

class AzureLoginController extends Controller
{
    public function redirect(): RedirectResponse
    {
        return Socialite::driver('azure')->scopes(['openid', 'profile', 'email'])->redirect();
    }

    public function callback(Request $request): RedirectResponse
    {
        if ($request->has('error')) {
            Log::info('azure login declined', ['error' => $request->string('error')->limit(60)->value()]);

            return redirect()->route('login')->with('status', __('auth.declined'));
        }

        try {
            $account = Socialite::driver('azure')->stateless()->user();
        } catch (ClientException $e) {
            Log::warning('azure refused the code', ['status' => $e->getResponse()->getStatusCode()]);

            return redirect()->route('login')->with('status', __('auth.failed'));
        }

        $user = User::query()->where('azure_oid', $account->getId())->where('active', true)->first();
        if ($user === null) {
            Log::warning('azure account without user', ['oid' => $account->getId()]);

            return redirect()->route('login')->with('status', __('auth.unknown'));
        }

        Auth::login($user);
        $request->session()->regenerate();

        return redirect()->intended(route('dashboard'));
    }
}
