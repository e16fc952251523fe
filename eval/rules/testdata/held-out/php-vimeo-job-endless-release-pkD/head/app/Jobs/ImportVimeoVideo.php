<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\Video;
use App\Services\Vimeo\VimeoClient;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Support\Facades\Log;
use Throwable;

final class ImportVimeoVideo implements ShouldQueue
{
    use Dispatchable;
    use InteractsWithQueue;
    use Queueable;

    public int $tries = 0;

    public int $timeout = 60;

    public function __construct(private readonly int $videoId)
    {
    }

    public function handle(VimeoClient $vimeo): void
    {
        $video = Video::query()->findOrFail($this->videoId);

        try {
            $remote = $vimeo->video($video->vimeo_id);
        } catch (Throwable $e) {
            Log::warning('vimeo import failed, trying again', ['video' => $video->id, 'error' => $e->getMessage()]);
            $this->release();

            return;
        }

        $video->update([
            'title' => $remote['name'],
            'duration' => $remote['duration'],
            'thumbnail' => $remote['pictures']['base_link'] ?? null,
            'imported_at' => now(),
        ]);
    }
}
