using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Lumaflix.Billing.Events;

/// <summary>The queue billing.events has the dead-letter exchange billing.dlx.</summary>
public sealed class BillingEventConsumer : AsyncDefaultBasicConsumer
{

    private readonly IBillingEventHandler _handler;

    public BillingEventConsumer(IChannel channel, IBillingEventHandler handler)
        : base(channel)
    {
        _handler = handler;
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
            await Channel.BasicNackAsync(deliveryTag, multiple: false, requeue: false, ct);
        }
        catch (BillingUnavailableException)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), ct);
            await Channel.BasicNackAsync(deliveryTag, multiple: false, requeue: true, ct);
        }
    }
}
