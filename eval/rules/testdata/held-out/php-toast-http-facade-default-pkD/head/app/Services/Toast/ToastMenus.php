<?php

declare(strict_types=1);

namespace App\Services\Toast;

use App\Models\Location;
use Illuminate\Http\Client\ConnectionException;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

final class ToastMenus
{
    public function __construct(private readonly ToastTokens $tokens)
    {
    }

    /** @return array<int, MenuItem> */
    public function items(Location $location): array
    {
        try {
            $menus = Http::baseUrl(config('services.toast.base_url'))
                ->withToken($this->tokens->current())
                ->withHeaders(['Toast-Restaurant-External-ID' => $location->toast_guid])
                ->acceptJson()
                ->get('/menus/v2/menus')
                ->throw()
                ->json('menus', []);
        } catch (RequestException $e) {
            Log::error('toast menus failed', ['location' => $location->id, 'status' => $e->response->status()]);
            throw new ToastUnavailable($location->id, previous: $e);
        } catch (ConnectionException $e) {
            throw new ToastUnavailable($location->id, previous: $e);
        }

        $items = [];
        foreach ($menus as $menu) {
            foreach ($menu['menuGroups'] ?? [] as $group) {
                foreach ($group['menuItems'] ?? [] as $item) {
                    $items[] = MenuItem::fromToast($item, $group['name']);
                }
            }
        }

        return $items;
    }
}
