<?php

return [
    'driver' => env('SEARCH_DRIVER', 'algolia'),
    'prefix' => env('SEARCH_PREFIX', 'shop_'),

    'queue' => [
        'connection' => 'redis',
        'queue' => 'search',
    ],

    'soft_delete' => true,
    'chunk' => [
        'searchable' => 500,
        'unsearchable' => 500,
    ],
];
