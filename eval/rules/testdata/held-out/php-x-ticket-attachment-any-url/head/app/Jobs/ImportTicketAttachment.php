<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\Ticket;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Storage;
use Illuminate\Support\Str;
use RuntimeException;

final class ImportTicketAttachment implements ShouldQueue
{
    use Dispatchable;
    use InteractsWithQueue;
    use Queueable;

    private const MAX_BYTES = 15 * 1024 * 1024;

    public int $tries = 3;

    public int $backoff = 60;

    /**
     * @param string $url as it was in the public contact form's attachment_url
     */
    public function __construct(private readonly int $ticketId, private readonly string $url)
    {
    }

    public function handle(): void
    {
        $ticket = Ticket::query()->findOrFail($this->ticketId);

        $response = Http::timeout(30)->connectTimeout(5)
            ->withOptions(['stream' => true])
            ->get($this->url)
            ->throw();

        $stream = $response->toPsrResponse()->getBody();
        $content = '';
        while (! $stream->eof()) {
            $content .= $stream->read(65536);
            if (strlen($content) > self::MAX_BYTES) {
                throw new RuntimeException("attachment of ticket {$this->ticketId} is too large");
            }
        }

        $path = 'tickets/' . $ticket->id . '/' . sha1($this->url);
        Storage::disk('attachments')->put($path, $content);
        $ticket->attachments()->firstOrCreate(['path' => $path], ['label' => Str::limit(basename((string) parse_url($this->url, PHP_URL_PATH)), 120)]);
    }
}
