using System.Diagnostics.Metrics;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Lumaflix.Billing.Events;

/// <summary>The queue billing.events has the dead-letter exchange billing.dlx.</summary>
public sealed class BillingEventConsumer : AsyncDefaultBasicConsumer
{
    private static readonly Counter<long> Rejected =
        new Meter("Lumaflix.Billing").CreateCounter<long>("billing.events.rejected");

    private readonly IBillingEventHandler _handler;
    private readonly ILogger<BillingEventConsumer> _logger;

    public BillingEventConsumer(IChannel channel, IBillingEventHandler handler, ILogger<BillingEventConsumer> logger)
        : base(channel)
    {
        _handler = handler;
        _logger = logger;
    }

    public override async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey,
        IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken ct = default)
    {
        try
        {
            var billingEvent = JsonSerializer.Deserialize<BillingEvent>(body.Span)
                ?? throw new JsonException("event is null");
            await _handler.HandleOnceAsync(properties.MessageId!, billingEvent, ct);
            await Channel.BasicAckAsync(deliveryTag, multiple: false, ct);
        }
        catch (Exception e) when (e is JsonException or BillingRuleException)
        {
            Rejected.Add(1, new KeyValuePair<string, object?>("routing_key", routingKey));
            _logger.LogError(e, "billing event {Id} ({Key}) dead-lettered", properties.MessageId, routingKey);
            await Channel.BasicNackAsync(deliveryTag, multiple: false, requeue: false, ct);
        }
        catch (BillingUnavailableException)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), ct);
            await Channel.BasicNackAsync(deliveryTag, multiple: false, requeue: true, ct);
        }
    }
}
