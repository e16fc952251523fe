<?php

return [

    /*
    |--------------------------------------------------------------------------
    | Values which are rendered into the page
    |--------------------------------------------------------------------------
    */
    'public' => [
        'algolia' => [
            'app_id' => 'Q7XN2LT0PB',
            'search_only_api_key' => '3f1b7a09c6d84e52b2c07f4de81a9560',
            'index' => env('ALGOLIA_INDEX', 'products_live'),
        ],
        'stripe' => [
            'publishable_key' => 'pk_live_51KzExampleStorefrontKeyOnly',
        ],
        'recaptcha' => [
            'site_key' => '6LdStorefrontSiteKeyAAAAAOe8PublicInPage',
        ],
    ],

    'private' => [
        'algolia_admin_key' => env('ALGOLIA_ADMIN_KEY'),
        'stripe_secret' => env('STRIPE_SECRET'),
        'recaptcha_secret' => env('RECAPTCHA_SECRET'),
    ],

];
