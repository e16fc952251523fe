<?php

return [
    'version' => 'v19.0',
    'timeout' => 10,
    'page_token' => env('GRAPH_PAGE_TOKEN'),
];
