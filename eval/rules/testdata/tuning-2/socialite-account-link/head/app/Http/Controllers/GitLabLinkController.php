<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\LinkedAccount;
use GuzzleHttp\Exception\GuzzleException;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use Laravel\Socialite\Facades\Socialite;
use Laravel\Socialite\Two\InvalidStateException;
use Symfony\Component\HttpFoundation\RedirectResponse as ProviderRedirect;

/** Routes sit in the web group behind auth. services.gitlab.guzzle sets a timeout of ten seconds. */
final class GitLabLinkController extends Controller
{
    public function redirect(): ProviderRedirect
    {
        return Socialite::driver('gitlab')->scopes(['read_user'])->enablePKCE()->redirect();
    }

    public function callback(Request $request): RedirectResponse
    {
        if ($request->missing('code')) {
            return to_route('profile')->with('status', 'gitlab-denied');
        }

        try {
            $identity = Socialite::driver('gitlab')->enablePKCE()->user();
        } catch (InvalidStateException) {
            return to_route('profile')->with('status', 'gitlab-expired');
        } catch (GuzzleException $e) {
            Log::warning('gitlab link failed', ['user' => $request->user()->id, 'code' => $e->getCode()]);

            return to_route('profile')->with('status', 'gitlab-unavailable');
        }

        $owner = LinkedAccount::query()->createOrFirst(
            ['provider' => 'gitlab', 'external_id' => (string) $identity->getId()],
            ['user_id' => $request->user()->id, 'nickname' => $identity->getNickname()],
        );
        if (! $owner->user()->is($request->user())) {
            return to_route('profile')->with('status', 'gitlab-taken');
        }

        return to_route('profile')->with('status', 'gitlab-linked');
    }
}
