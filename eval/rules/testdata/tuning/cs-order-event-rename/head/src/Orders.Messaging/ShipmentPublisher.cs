using System.Text.Json;
using RabbitMQ.Client;

namespace Orders.Messaging;

public sealed class ShipmentPublisher
{
    private const string Exchange = "orders";
    private const string RoutingKey = "orders.shipped.v1";

    private readonly IConnection _connection;

    public ShipmentPublisher(IConnection connection) => _connection = connection;

    /// <summary>Called by the outbox relay, which repeats unconfirmed messages.</summary>
    public async Task PublishAsync(Order order, Guid messageId, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new OrderShipped(
            order.Id,
            order.Shipment.Carrier,
            order.Shipment.Tracking,
            order.Total,
            order.Currency,
            order.Shipment.ShippedAt));

        var options = new CreateChannelOptions(
            publisherConfirmationsEnabled: true,
            publisherConfirmationTrackingEnabled: true);
        await using var channel = await _connection.CreateChannelAsync(options, ct);
        var properties = new BasicProperties
        {
            MessageId = messageId.ToString(),
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
        };
        await channel.BasicPublishAsync(Exchange, RoutingKey, mandatory: true, properties, body, ct);
    }
}
