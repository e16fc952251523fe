using System.Threading.Channels;
using NATS.Client.JetStream;

namespace Gridwise.Ingest;

public sealed class ReadingIngest : BackgroundService
{
    private readonly Channel<INatsJSMsg<Reading>> _channel =
        Channel.CreateBounded<INatsJSMsg<Reading>>(new BoundedChannelOptions(2_000)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleWriter = true,
        });
    private readonly INatsJSConsumer _consumer;
    private readonly IReadingStore _store;
    private readonly ILogger<ReadingIngest> _logger;

    public ReadingIngest(INatsJSConsumer consumer, IReadingStore store, ILogger<ReadingIngest> logger)
    {
        _consumer = consumer;
        _store = store;
        _logger = logger;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StoreAsync(stoppingToken)).Append(ReadAsync(stoppingToken)));

    private async Task ReadAsync(CancellationToken ct)
    {
        await foreach (var message in _consumer.ConsumeAsync<Reading>(cancellationToken: ct))
        {
            await _channel.Writer.WriteAsync(message, ct);
        }
    }

    private async Task StoreAsync(CancellationToken ct)
    {
        await foreach (var message in _channel.Reader.ReadAllAsync(ct))
        {
            if (message.Data is not { } reading)
            {
                _logger.LogWarning("reading without data on {Subject}", message.Subject);
                await message.AckTerminateAsync(cancellationToken: ct);
                continue;
            }
            try
            {
                await _store.UpsertAsync(reading.MeterId, reading.TakenAt, reading.WattHours, ct);
                await message.AckAsync(cancellationToken: ct);
            }
            catch (StoreUnavailableException e)
            {
                _logger.LogWarning(e, "reading of {Meter} again later", reading.MeterId);
                await message.NakAsync(delay: TimeSpan.FromSeconds(5), cancellationToken: ct);
            }
        }
    }
}
