<?php

declare(strict_types=1);

namespace App\Http\Controllers\Auth;

use App\Http\Controllers\Controller;
use App\Models\User;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\Log;

final class PartnerSsoController extends Controller
{
    public function login(Request $request): RedirectResponse
    {
        $input = $request->validate(['id_token' => ['required', 'string', 'max:8192']]);

        $parts = explode('.', $input['id_token']);
        abort_if(count($parts) !== 3, 400, 'malformed token');

        $claims = json_decode(base64_decode(strtr($parts[1], '-_', '+/')), true);
        abort_unless(is_array($claims) && is_string($claims['sub'] ?? null), 400, 'malformed token');

        $user = User::query()
            ->where('partner', 'travelnet')
            ->where('partner_subject', $claims['sub'])
            ->first();

        if ($user === null) {
            Log::info('partner login without account', ['partner' => 'travelnet', 'token' => $input['id_token']]);

            return redirect()->route('register')->with('notice', 'Please create an account first.');
        }

        Auth::login($user);
        $request->session()->regenerate();

        return redirect()->intended(route('dashboard'));
    }
}
