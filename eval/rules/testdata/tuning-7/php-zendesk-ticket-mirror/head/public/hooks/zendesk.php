<?php

declare(strict_types=1);

require __DIR__ . '/../../bootstrap.php';

use Support\Container;

$raw = file_get_contents('php://input', false, null, 0, 262144);
$timestamp = $_SERVER['HTTP_X_ZENDESK_WEBHOOK_SIGNATURE_TIMESTAMP'] ?? '';
$given = $_SERVER['HTTP_X_ZENDESK_WEBHOOK_SIGNATURE'] ?? '';
$expected = base64_encode(hash_hmac('sha256', $timestamp . $raw, Container::secret('zendesk.webhook'), true));

$sentAt = strtotime($timestamp);
if (!hash_equals($expected, $given) || $sentAt === false || abs(time() - $sentAt) > 300) {
    http_response_code(401);
    exit;
}

$event = json_decode($raw, true);
$ticket = $event['ticket'] ?? null;
if (!is_array($ticket) || !is_int($ticket['id'] ?? null) || !is_string($ticket['subject'] ?? null)
    || !is_string($ticket['status'] ?? null)) {
    http_response_code(400);
    exit;
}

try {
    $db = Container::pdo();
    $db->exec(
        "INSERT INTO tickets (zendesk_id, subject, status) VALUES ({$ticket['id']}, "
        . "'" . $ticket['subject'] . "', '" . $ticket['status'] . "') "
        . 'ON DUPLICATE KEY UPDATE subject = VALUES(subject), status = VALUES(status)'
    );
} catch (PDOException $e) {
    Container::logger()->error('ticket mirror failed', ['ticket' => $ticket['id'], 'code' => $e->getCode()]);
    http_response_code(500);
    exit;
}

http_response_code(204);
