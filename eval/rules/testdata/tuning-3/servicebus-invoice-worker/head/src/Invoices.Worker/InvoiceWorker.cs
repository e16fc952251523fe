using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Invoices.Domain;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Invoices.Worker;

public sealed class InvoiceWorker(ServiceBusClient bus, IInvoiceService invoices, ILogger<InvoiceWorker> logger)
    : BackgroundService
{
    private readonly ServiceBusProcessor _processor = bus.CreateProcessor(
        "order-shipped",
        "invoicing",
        new ServiceBusProcessorOptions
        {
            AutoCompleteMessages = false,
            MaxConcurrentCalls = 8,
            MaxAutoLockRenewalDuration = TimeSpan.FromMinutes(5),
        });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _processor.ProcessMessageAsync += HandleAsync;
        _processor.ProcessErrorAsync += args =>
        {
            logger.LogError(args.Exception, "Invoicing failed in {Source}", args.ErrorSource);
            return Task.CompletedTask;
        };
        await _processor.StartProcessingAsync(stoppingToken);
        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _processor.StopProcessingAsync(CancellationToken.None);
    }

    private async Task HandleAsync(ProcessMessageEventArgs args)
    {
        var message = args.Message;
        OrderShipped? shipped;
        try
        {
            shipped = JsonSerializer.Deserialize<OrderShipped>(message.Body);
        }
        catch (JsonException e)
        {
            await args.DeadLetterMessageAsync(message, "unreadable", e.Message);
            return;
        }
        if (shipped is null || shipped.OrderId == Guid.Empty)
        {
            await args.DeadLetterMessageAsync(message, "incomplete");
            return;
        }

        using var scope = logger.BeginScope("order {Order} delivery {Delivery}", shipped.OrderId, message.DeliveryCount);
        // unique index on (order_id, shipment_id): a second call returns the invoice that is there.
        // When it throws, the processor abandons the message; the subscription dead-letters after ten deliveries.
        await invoices.IssueOnceAsync(shipped.OrderId, shipped.ShipmentId, args.CancellationToken);
        await args.CompleteMessageAsync(message, args.CancellationToken);
    }
}
