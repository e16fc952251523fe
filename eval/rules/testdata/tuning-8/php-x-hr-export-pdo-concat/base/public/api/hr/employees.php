<?php

declare(strict_types=1);

require __DIR__ . '/../../../bootstrap.php';

use Acme\Hr\Api\ApiKeyGuard;
use Acme\Hr\Db;

header('Content-Type: application/json');

$client = (new ApiKeyGuard(Db::connection()))->authenticate($_SERVER['HTTP_X_API_KEY'] ?? '');
if ($client === null) {
    http_response_code(401);
    echo json_encode(['error' => 'unauthorized']);
    exit;
}

$limit = min(max((int) ($_GET['limit'] ?? 100), 1), 500);
$offset = max((int) ($_GET['offset'] ?? 0), 0);

$sql = 'SELECT e.personnel_no, e.first_name, e.last_name, e.email, e.entry_date
          FROM employees e
          JOIN departments d ON d.id = e.department_id
         WHERE e.tenant_id = ' . (int) $client->tenantId;
$sql .= " ORDER BY e.personnel_no LIMIT $limit OFFSET $offset";

try {
    $rows = Db::connection()->query($sql)->fetchAll(PDO::FETCH_ASSOC);
} catch (PDOException $e) {
    error_log('hr export failed: ' . $e->getCode());
    http_response_code(500);
    echo json_encode(['error' => 'internal']);
    exit;
}

echo json_encode(['employees' => $rows, 'next_offset' => count($rows) === $limit ? $offset + $limit : null]);
