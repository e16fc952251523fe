using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Warehouse.Functions;

public sealed class StockTransferFunction
{
    private readonly IStockBooking _stock;
    private readonly ILogger<StockTransferFunction> _logger;

    public StockTransferFunction(IStockBooking stock, ILogger<StockTransferFunction> logger)
    {
        _stock = stock;
        _logger = logger;
    }

    [Function("StockTransfer")]
    public async Task RunAsync(
        [ServiceBusTrigger("stock-transfers", Connection = "ServiceBus", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken ct)
    {
        StockTransfer? transfer;
        try
        {
            transfer = message.Body.ToObjectFromJson<StockTransfer>(JsonSerializerOptions.Web);
        }
        catch (JsonException ex)
        {
            _logger.LogError(ex, "stock transfer {MessageId} cannot be read", message.MessageId);
            await actions.DeadLetterMessageAsync(message, deadLetterReason: "invalid-json", cancellationToken: ct);
            return;
        }
        if (transfer is null || transfer.Quantity <= 0 || transfer.From == transfer.To)
        {
            await actions.DeadLetterMessageAsync(message, deadLetterReason: "invalid-transfer", cancellationToken: ct);
            return;
        }

        var booked = await _stock.BookOnceAsync(message.MessageId, transfer, ct);
        if (!booked)
        {
            _logger.LogInformation("stock transfer {MessageId} was booked before", message.MessageId);
        }
        await actions.CompleteMessageAsync(message, ct);
    }
}
