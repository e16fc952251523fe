using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Extensions.ManagedClient;

namespace Gridwise.Ingest;

public sealed class TelemetryPump : BackgroundService
{
    private readonly Channel<Telemetry> _channel = Channel.CreateUnbounded<Telemetry>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly IManagedMqttClient _mqtt;
    private readonly ManagedMqttClientOptions _options;
    private readonly ITelemetryStore _store;
    private readonly ILogger<TelemetryPump> _logger;

    public TelemetryPump(
        IManagedMqttClient mqtt, ManagedMqttClientOptions options, ITelemetryStore store, ILogger<TelemetryPump> logger)
    {
        _mqtt = mqtt;
        _options = options;
        _store = store;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _mqtt.ApplicationMessageReceivedAsync += args =>
        {
            if (Telemetry.TryParse(args.ApplicationMessage, out var telemetry))
            {
                return _channel.Writer.WriteAsync(telemetry, stoppingToken).AsTask();
            }
            _logger.LogWarning("malformed telemetry on {Topic}", args.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await _mqtt.SubscribeAsync("meters/+/telemetry");
        await _mqtt.StartAsync(_options);

        await foreach (var telemetry in _channel.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await _store.UpsertAsync(telemetry.MeterId, telemetry.TakenAt, telemetry.WattHours, stoppingToken);
            }
            catch (StoreUnavailableException e)
            {
                _logger.LogError(e, "telemetry of {Meter} not stored", telemetry.MeterId);
            }
        }
    }
}
