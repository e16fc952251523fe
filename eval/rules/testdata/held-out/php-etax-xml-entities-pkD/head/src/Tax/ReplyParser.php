<?php

declare(strict_types=1);

namespace App\Tax;

use App\Tax\Exception\UnreadableReply;

/** Reads the replies that clients upload or that arrive in the shared mailbox of the tax office. */
final class ReplyParser
{
    private const NS = 'http://rz.fiskal.example/schema/reply/2024';

    public function parse(string $xml): Reply
    {
        $previous = libxml_use_internal_errors(true);
        try {
            $document = new \DOMDocument();
            if ($xml === '' || !$document->loadXML($xml, LIBXML_NOENT | LIBXML_DTDLOAD)) {
                throw new UnreadableReply(libxml_get_last_error()->message ?? 'empty reply');
            }
        } finally {
            libxml_clear_errors();
            libxml_use_internal_errors($previous);
        }

        $xpath = new \DOMXPath($document);
        $xpath->registerNamespace('r', self::NS);
        $ticket = trim((string) $xpath->evaluate('string(//r:TransferTicket)'));
        if ($ticket === '') {
            throw new UnreadableReply('no transfer ticket');
        }

        $errors = [];
        foreach ($xpath->query('//r:Error') as $node) {
            $errors[] = new ReplyError(
                $xpath->evaluate('string(r:Code)', $node),
                $xpath->evaluate('string(r:Text)', $node),
            );
        }

        return new Reply($ticket, $errors);
    }
}
