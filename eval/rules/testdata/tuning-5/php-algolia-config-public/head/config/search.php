<?php

return [
    'driver' => env('SEARCH_DRIVER', 'algolia'),
    'prefix' => env('SEARCH_PREFIX', 'shop_'),

    'queue' => [
        'connection' => 'redis',
        'queue' => 'search',
    ],

    'algolia' => [
        'admin_key' => env('ALGOLIA_ADMIN_KEY'),
        'app_id' => env('ALGOLIA_APP_ID'),
        // handed to the browser, restricted by referrer and index in the Algolia console
        'search_key' => env('ALGOLIA_SEARCH_KEY'),
        'connect_timeout' => 2,
        'read_timeout' => 5,
        'write_timeout' => 30,
    ],

    'soft_delete' => true,
    'chunk' => [
        'searchable' => 500,
        'unsearchable' => 500,
    ],
];
