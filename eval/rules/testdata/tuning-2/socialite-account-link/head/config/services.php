<?php

return [
    'gitlab' => [
        'client_id' => env('GITLAB_CLIENT_ID'),
        'client_secret' => env('GITLAB_CLIENT_SECRET'),
        'redirect' => env('APP_URL').'/link/gitlab/callback',
        'guzzle' => ['timeout' => 10, 'connect_timeout' => 3],
    ],
];
